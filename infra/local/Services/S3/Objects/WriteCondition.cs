using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>The condition that a write makes about the current version.</summary>
/// <param name="IfMatch">The ETag that it must have, without quotes.</param>
/// <param name="IfAbsent">Whether there must be none: <c>If-None-Match: *</c>.</param>
/// <remarks>Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes".</remarks>
internal readonly record struct WriteCondition(string? IfMatch, bool IfAbsent)
{
    /// <summary>Whether the object has changed since the upload that is to be completed began.</summary>
    public bool ObjectHasChanged { get; init; }

    /// <summary>The header fields that this reads, which conditional routes allow.</summary>
    public static IReadOnlyList<string> Headers { get; } = ["If-Match", "If-None-Match"];

    /// <exception cref="Wire.AwsException">NotImplemented: both conditions; If-None-Match with another value than
    /// <c>*</c>; If-Match with that value.</exception>
    public static WriteCondition Read(S3Request request)
    {
        var (match, noneMatch) = (request.Header("If-Match"), request.Header("If-None-Match"));
        // AWS checks the number before the values (recorded).
        if (match is not null && noneMatch is not null)
            throw S3Errors.HeaderNotImplemented(
                "If-Match,If-None-Match", "Multiple conditional request headers present in the request");
        if (noneMatch is not (null or "*")) throw RefusedValue("If-None-Match");
        if (match is "*") throw RefusedValue("If-Match");
        return new WriteCondition(match?.Trim('"'), noneMatch is not null);
    }

    private static Wire.AwsException RefusedValue(string header) => S3Errors.HeaderNotImplemented(
        header, $"We don't accept the provided value of {header} header for this API");

    /// <param name="current">Null when there is none, or a delete marker.</param>
    /// <exception cref="Wire.AwsException">PreconditionFailed, NoSuchKey; ConditionalRequestConflict: the condition
    /// holds, but the object has changed since the upload began.</exception>
    public void Check(string key, ObjectVersion? current)
    {
        if (IfAbsent && current is not null) throw S3Errors.PreconditionFailed("If-None-Match");
        if (IfMatch is not null && current is null) throw S3Errors.NoSuchKey(key);
        if (IfMatch is not null && IfMatch != current!.Content.ETag) throw S3Errors.PreconditionFailed("If-Match");
        if (ObjectHasChanged && (IfAbsent || IfMatch is not null))
            throw S3Errors.ConditionalRequestConflict(IfAbsent ? "If-None-Match" : "If-Match", key);
    }
}
