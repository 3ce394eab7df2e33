using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch;

/// <summary>Every error that CloudWatch can answer with.</summary>
/// <remarks>
/// Source: Amazon CloudWatch API Reference. The protocols of today name the shape; older clients read the Query
/// protocol's code, which is sent beside it.
/// </remarks>
internal static class CloudWatchErrors
{
    public static AwsException Validation(string message) => new("ValidationError", message)
    {
        QueryCode = "ValidationError",
    };

    public static AwsException InvalidValue(string message) => new("InvalidParameterValueException", message)
    {
        QueryCode = "InvalidParameterValue",
    };

    public static AwsException InvalidCombination(string message) =>
        new("InvalidParameterCombinationException", message) { QueryCode = "InvalidParameterCombination" };

    public static AwsException Missing(string parameter) => new(
        "MissingRequiredParameterException", $"The parameter {parameter} is required.")
    {
        QueryCode = "MissingParameter",
    };

    public static AwsException InvalidToken() => new("InvalidNextToken", "Invalid token")
    {
        QueryCode = "InvalidNextToken",
    };

    public static AwsException AlarmNotFound() => new("ResourceNotFound", "Unknown", 404)
    {
        QueryCode = "ResourceNotFound",
    };

    public static AwsException NoSuchResource(string arn) => new(
        "ResourceNotFoundException", $"Resource {arn} does not exist.", 404)
    {
        QueryCode = "ResourceNotFoundException",
    };

    public static AwsException InvalidStateReason() => new(
        "InvalidFormatFault", "TestAlarm state reason data is invalid json.") { QueryCode = "InvalidFormat" };

    public static AwsException TooManyAlarms() => new(
        "LimitExceededFault", $"The maximum limit of {CloudWatchLimits.MaxAlarms} alarms has been reached.")
    {
        QueryCode = "LimitExceeded",
    };

    public static AwsException DashboardNotFound(string name) => new(
        "DashboardNotFoundError", $"Dashboard {name} does not exist", 404) { QueryCode = "ResourceNotFound" };

    /// <summary>The dashboard's body is not valid; the messages say where.</summary>
    public static AwsException InvalidDashboard(string path, string message) => new(
        "DashboardInvalidInputError", "The dashboard body is invalid, there are 1 validation errors")
    {
        QueryCode = "InvalidParameterInput",
        Members = new()
        {
            ["dashboardValidationMessages"] = new System.Text.Json.Nodes.JsonArray(
                new System.Text.Json.Nodes.JsonObject { ["DataPath"] = path, ["Message"] = message }),
        },
    };

    public static AwsException NotSupported(string reason) => Validation(reason);
}
