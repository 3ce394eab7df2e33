using System.Globalization;
using System.Text.Json.Serialization;

namespace Isobar.Report;

/// <summary>What the schedule sends: how much one invocation does.</summary>
/// <param name="Pages">The most stations whose pages one invocation writes.</param>
public sealed record PageBudget([property: JsonPropertyName("pages")] int? Pages)
{
    /// <summary>The largest value of <see cref="Pages"/>.</summary>
    public const int MaxPages = 1_000;

    /// <exception cref="InvalidDataException"><see cref="Pages"/> is missing, or not 1 to 1,000.</exception>
    public int Read() => Pages is >= 1 and <= MaxPages
        ? Pages.Value
        : throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"The event must have pages, 1 to {MaxPages}, and not {Pages}."));
}
