using System.Text.Json;
using Isobar.Domain;

namespace Isobar.Api;

/// <summary>A request for an upload form.</summary>
/// <param name="Name">
/// 1 to 128 letters, digits, dots, hyphens and underscores, the first no dot, ending in .csv or .csv.gz: a name, and
/// nothing that anything could take for a path.
/// </param>
/// <param name="Bytes">The largest size of the file: 1 to the limit for files of its kind.</param>
internal sealed record UploadRequest(string Name, long Bytes)
{
    private const int MaxNameLength = 128;
    private const string Plain = ".csv";
    private const string Compressed = ".csv.gz";

    /// <param name="problem">What is wrong if the result is null.</param>
    public static UploadRequest? TryRead(string? body, out string problem)
    {
        problem = "The body must be a JSON object of name, a text, and bytes, a whole number.";
        UploadRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(body ?? "", BodiesJson.Default.UploadRequest);
        }
        catch (JsonException)
        {
            return null;
        }

        if (request is null) return null;
        problem = request.Problem() ?? "";
        return problem.Length == 0 ? request : null;
    }

    private string? Problem()
    {
        if (!IsName(Name))
            return $"name must be 1 to {MaxNameLength} letters, digits, dots, hyphens and underscores, must not begin "
                + $"with a dot, and must end in {Plain} or {Compressed}.";
        var most = Name.EndsWith(Compressed, StringComparison.Ordinal)
            ? ChunkPlan.MaxGzipBytes
            : ChunkPlan.MaxContentBytes;
        return Bytes >= 1 && Bytes <= most ? null : $"bytes must be from 1 to {most} for a file of this kind.";
    }

    private static bool IsName(string name) =>
        name.Length <= MaxNameLength
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
        && !name.StartsWith('.')
        && (name.EndsWith(Plain, StringComparison.Ordinal) || name.EndsWith(Compressed, StringComparison.Ordinal));
}

/// <summary>The key of the file, and the form that uploads it.</summary>
/// <param name="Key">The server chooses its prefix.</param>
/// <param name="Url">Where to post the form, as multipart/form-data.</param>
/// <param name="Fields">The fields of the form; the field <c>file</c> follows as the last one.</param>
/// <param name="ExpiresAt">S3 refuses the form after this time.</param>
internal sealed record UploadBody(
    string Key, string Url, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt);
