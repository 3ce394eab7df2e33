using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway;

/// <summary>Every error that the control plane can answer with.</summary>
/// <remarks>Source: Amazon API Gateway REST API Reference; texts as recorded against AWS.</remarks>
internal static class ApiGatewayErrors
{
    public static AwsException UnknownApi() =>
        new("NotFoundException", "Invalid API identifier specified", 404);

    public static AwsException UnknownDeployment() =>
        new("NotFoundException", "Invalid Deployment identifier specified", 404);

    public static AwsException UnknownStage() =>
        new("NotFoundException", "Invalid stage identifier specified", 404);

    public static AwsException DeploymentInUse() => new(
        "BadRequestException", "Active stages pointing to this deployment must be moved or deleted", 400);

    public static AwsException StageExists() => new("ConflictException", "Stage already exists", 409);

    public static AwsException NoMethods() =>
        new("BadRequestException", "The REST API doesn't contain any methods", 400);

    public static AwsException TooMany(string what, int limit) =>
        new("LimitExceededException", $"Maximum number of {what} for this account has been reached: {limit}", 429);

    public static AwsException NotSupported(string parameter) =>
        new("BadRequestException", $"The parameter {parameter} is not supported.", 400);
}
