using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>Every error that Application Auto Scaling can answer with.</summary>
/// <remarks>Source: Application Auto Scaling API Reference; texts as the AWS CLI shows them.</remarks>
internal static class ScalingErrors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    public static AwsException Constraints(IReadOnlyList<string> errors) => Validation(
        $"{errors.Count} validation error{(errors.Count == 1 ? "" : "s")} detected: {string.Join("; ", errors)}");

    public static AwsException NoTarget(ScalingKey key) => new("ObjectNotFoundException",
        $"No scalable target found for service namespace: {key.Namespace}, resource ID: {key.ResourceId}, scalable "
        + $"dimension: {key.Dimension}");

    public static AwsException NotRegistered(ScalingKey key) => new("ObjectNotFoundException",
        $"No scalable target registered for service namespace: {key.Namespace}, resource ID: {key.ResourceId}, "
        + $"scalable dimension: {key.Dimension}");

    public static AwsException NoPolicy(ScalingKey key, string name) => new("ObjectNotFoundException",
        $"No scaling policy found for service namespace: {key.Namespace}, resource ID: {key.ResourceId}, scalable "
        + $"dimension: {key.Dimension}, policy name: {name}");

    public static AwsException NoAction(ScalingKey key, string name) => new("ObjectNotFoundException",
        $"No scheduled action found for service namespace: {key.Namespace}, resource ID: {key.ResourceId}, scalable "
        + $"dimension: {key.Dimension}, scheduled action name: {name}");

    public static AwsException TooMany(string what, int most) => new("LimitExceededException",
        $"A {what} can't be added: the limit is {most}.");

    public static AwsException InvalidToken() => new("InvalidNextTokenException", "The next token supplied is invalid");
}
