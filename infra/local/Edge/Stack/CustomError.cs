using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>What a viewer gets for an error of the origin.</summary>
/// <param name="PagePath">Of the page, asked for as a viewer would; null where the error stays as it is.</param>
/// <param name="ResponseCode">The page's status.</param>
/// <param name="Minimum">How long the error is kept at least.</param>
internal sealed record CustomError(string? PagePath, int ResponseCode, TimeSpan Minimum)
{
    private static readonly int[] ErrorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

    /// <returns>By the origin's status.</returns>
    /// <remarks>
    /// Source: AWS CloudFormation Template Reference, AWS::CloudFront::Distribution CustomErrorResponse.
    /// </remarks>
    public static IReadOnlyDictionary<int, CustomError> Read(PropertyReader config)
    {
        var errors = new Dictionary<int, CustomError>();
        foreach (var declared in config.OptionalList("CustomErrorResponses") ?? [])
        {
            var code = declared.RequiredInt32("ErrorCode", 400, 599);
            if (!ErrorCodes.Contains(code))
                declared.Refuse("ErrorCode", $"must be one of {string.Join(", ", ErrorCodes)}, not {code}");
            var page = declared.OptionalString("ResponsePagePath");
            var status = declared.OptionalInt32("ResponseCode", 200, 599);
            if (page is null != status is null) declared.Refuse("ResponseCode", "and ResponsePagePath go together");
            if (page?.StartsWith('/') == false) declared.Refuse("ResponsePagePath", "must begin with a slash");
            var minimum = declared.OptionalInt32("ErrorCachingMinTTL", 0, int.MaxValue)
                ?? EdgeLimits.ErrorCachingSeconds;
            if (!errors.TryAdd(code, new CustomError(page, status ?? code, TimeSpan.FromSeconds(minimum))))
                declared.Refuse("ErrorCode", $"{code} is there twice");
        }

        return errors;
    }
}
