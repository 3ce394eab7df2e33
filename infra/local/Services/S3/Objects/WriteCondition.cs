using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>What must hold of the current version at the instant of a write.</summary>
/// <param name="IfMatch">The ETag that it must have, without quotes.</param>
/// <param name="IfAbsent">Whether there must be none: <c>If-None-Match: *</c>.</param>
/// <remarks>Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes".</remarks>
internal readonly record struct WriteCondition(string? IfMatch, bool IfAbsent)
{
    /// <summary>The header fields that this reads, which conditional routes allow.</summary>
    public static IReadOnlyList<string> Headers { get; } = ["If-Match", "If-None-Match"];

    /// <exception cref="Wire.AwsException">NotImplemented: S3 knows no other value of If-None-Match than
    /// <c>*</c>.</exception>
    public static WriteCondition Read(S3Request request)
    {
        if (request.Header("If-None-Match") is { } none and not "*")
            throw S3Errors.NotImplemented("If-None-Match", none);
        return new WriteCondition(request.Header("If-Match")?.Trim('"'), request.Header("If-None-Match") is not null);
    }

    /// <param name="current">Null when there is none, or a delete marker.</param>
    /// <exception cref="Wire.AwsException">PreconditionFailed or NoSuchKey.</exception>
    public void Check(string key, ObjectVersion? current)
    {
        if (IfAbsent && current is not null) throw S3Errors.PreconditionFailed("If-None-Match");
        if (IfMatch is null) return;
        if (current is null) throw S3Errors.NoSuchKey(key);
        if (IfMatch != current.Content.ETag) throw S3Errors.PreconditionFailed("If-Match");
    }
}
