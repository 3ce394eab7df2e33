using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>What a scalable target is known by.</summary>
/// <param name="Namespace">The service: <c>lambda</c>.</param>
/// <param name="ResourceId">For example <c>function:my-function:live</c>.</param>
/// <param name="Dimension">For example <c>lambda:function:ProvisionedConcurrency</c>.</param>
internal sealed record ScalingKey(string Namespace, string ResourceId, string Dimension)
{
    /// <summary>Orders lists.</summary>
    public string Text { get; } = $"{Namespace}/{ResourceId}/{Dimension}";

    /// <exception cref="AwsException">ValidationException: a member is missing or too long.</exception>
    public static ScalingKey Of(string? @namespace, string? resourceId, string? dimension)
    {
        var errors = new List<string>();
        foreach (var (name, value) in new[]
        {
            ("serviceNamespace", @namespace), ("resourceId", resourceId), ("scalableDimension", dimension),
        })
        {
            if (value is null)
                errors.Add($"Value null at '{name}' failed to satisfy constraint: Member must not be null");
            else if (value.Length is 0 or > ScalingLimits.MaxResourceIdCharacters)
                errors.Add($"Value '{value}' at '{name}' failed to satisfy constraint: Member must have length less "
                    + $"than or equal to {ScalingLimits.MaxResourceIdCharacters} and at least 1");
        }

        return errors.Count == 0
            ? new ScalingKey(@namespace!, resourceId!, dimension!)
            : throw ScalingErrors.Constraints(errors);
    }

    /// <summary>The resource's ARN in the caller's account and Region.</summary>
    public Arn ResourceArn(string region, string accountId) => new("aws", Namespace, region, accountId, ResourceId);
}
