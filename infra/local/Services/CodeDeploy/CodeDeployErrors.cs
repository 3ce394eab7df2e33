using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>Every error that CodeDeploy can answer with.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference; the texts are AWS's where known, else ours.</remarks>
internal static class CodeDeployErrors
{
    public static AwsException NotSupported(string reason) => new("ValidationException", reason);

    public static AwsException ApplicationRequired() =>
        new("ApplicationNameRequiredException", "The application name was not specified.");

    public static AwsException ApplicationNotFound(string name) =>
        new("ApplicationDoesNotExistException", $"No application found for name: {name}");

    public static AwsException ApplicationExists(string name) => new(
        "ApplicationAlreadyExistsException", $"An application with the name {name} already exists.");

    /// <param name="what"><c>Application</c> or <c>DeploymentGroup</c>.</param>
    public static AwsException InvalidName(string what) => new($"Invalid{what}NameException",
        $"The name must have at most {CodeDeployLimits.MaxNameCharacters} characters.");

    public static AwsException RoleRequired() => new("RoleRequiredException", "The role ID was not specified.");

    public static AwsException InvalidStyle() => new("InvalidDeploymentStyleException",
        "For the compute platform Lambda, the deployment style must be BLUE_GREEN WITH_TRAFFIC_CONTROL.");

    public static AwsException TooManyAlarms() => new("AlarmsLimitExceededException",
        $"The maximum number of alarms for a deployment group ({CodeDeployLimits.MaxAlarms}) was exceeded.");

    public static AwsException GroupRequired() =>
        new("DeploymentGroupNameRequiredException", "The deployment group name was not specified.");

    public static AwsException GroupNotFound(string name) =>
        new("DeploymentGroupDoesNotExistException", $"No Deployment Group found for name: {name}");

    public static AwsException GroupExists(string name) => new(
        "DeploymentGroupAlreadyExistsException", $"A deployment group with the name {name} already exists.");

    public static AwsException ConfigRequired() =>
        new("DeploymentConfigNameRequiredException", "The deployment configuration name was not specified.");

    public static AwsException ConfigNotFound(string name) =>
        new("DeploymentConfigDoesNotExistException", $"No Deployment Configuration found for name: {name}");

    public static AwsException ConfigExists(string name) => new("DeploymentConfigAlreadyExistsException",
        $"A deployment configuration with the name {name} already exists.");

    public static AwsException ConfigInUse(string name) => new(
        "DeploymentConfigInUseException", $"The deployment configuration {name} is in use by a deployment group.");

    public static AwsException DeploymentRequired() =>
        new("DeploymentIdRequiredException", "At least one deployment ID must be specified.");

    public static AwsException DeploymentNotFound(string id) =>
        new("DeploymentDoesNotExistException", $"The deployment {id} could not be found");

    public static AwsException InvalidDeploymentId(string id) =>
        new("InvalidDeploymentIdException", $"The specified deployment ID is in an invalid format: {id}");

    public static AwsException AlreadyCompleted(string id) =>
        new("DeploymentAlreadyCompletedException", $"The deployment {id} is already completed.");

    public static AwsException AnotherIsActive(string group, string active) => new("DeploymentLimitExceededException",
        $"The Deployment Group '{group}' already has an active Deployment '{active}'");

    public static AwsException TooMany(string what) => new($"{what}LimitExceededException",
        $"The quota of {char.ToLowerInvariant(what[0])}{what[1..]}s in this Region is reached.");

    public static AwsException RevisionRequired() =>
        new("RevisionRequiredException", "The revision ID was not specified.");

    public static AwsException InvalidRevision(string why) => new("InvalidRevisionException",
        $"For revision type 'AppSpecContent' or 'String', an AppSpec for Lambda is needed, but {why}.");

    public static AwsException TargetRequired() =>
        new("DeploymentTargetIdRequiredException", "A deployment target ID was not provided.");

    public static AwsException TargetNotFound(string id) => new("DeploymentTargetDoesNotExistException",
        $"The provided target ID does not belong to the attempted deployment: {id}");

    public static AwsException TooManyTargets() => new("DeploymentTargetListSizeExceededException",
        $"At most {CodeDeployLimits.MaxTargetsInRequest} deployment targets can be asked for at a time.");

    public static AwsException InvalidHookStatus(string? status) => new(
        "InvalidLifecycleEventHookExecutionStatusException",
        $"The status must be Succeeded or Failed, not {status ?? "null"}.");

    public static AwsException InvalidHookExecution() => new("InvalidLifecycleEventHookExecutionIdException",
        "A lifecycle event hook is invalid. Review the hooks section in your AppSpec file.");

    public static AwsException HookAlreadyCompleted() => new("LifecycleEventAlreadyCompletedException",
        "An attempt to return the status of an already completed lifecycle event occurred.");

    public static AwsException InvalidToken() => new("InvalidNextTokenException", "The next token is not valid.");

    public static AwsException InvalidStatus(string status) =>
        new("InvalidDeploymentStatusException", $"{status} is no status of a deployment.");
}
