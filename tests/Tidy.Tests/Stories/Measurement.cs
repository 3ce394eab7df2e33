using System.Text.Json;

namespace Isobar.Tidy.Tests.Stories;

/// <summary>Numbers that a story measured when it ran last with ISOBAR_UPDATE=1.</summary>
/// <param name="Claim">The statement that they are about; it names the file.</param>
/// <param name="Story">The story's class, a dot and its name.</param>
/// <param name="Date">Of the run, in UTC.</param>
/// <param name="On">What it ran on.</param>
internal sealed record Measurement(string Claim, string Story, string Date, string On, IReadOnlyList<string> Numbers)
{
    public const string Folder = "tests/System.Tests/Claims/Measured";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<Measurement> All { get; } =
    [
        .. Repository.Files(Folder, ".json")
            .Select(path => JsonSerializer.Deserialize<Measurement>(Repository.Text(path), Options)!),
    ];
}
