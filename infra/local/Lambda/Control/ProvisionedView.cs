using System.Globalization;
using System.Text.Json;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Provisioned concurrency as the API shows it, at one instant.</summary>
/// <remarks>Source: AWS Lambda API Reference, ProvisionedConcurrencyConfigListItem; values as recorded.</remarks>
internal sealed record ProvisionedView(
    string Qualifier, int Requested, int Allocated, ProvisionedStatus Status, DateTimeOffset LastModified)
{
    public static ProvisionedView Take(ProvisionedConcurrency own) =>
        new(own.Qualifier, own.Requested, own.Allocated, own.Status, own.LastModified);

    /// <summary>Reads the function of a request, with the qualifier that it must have.</summary>
    public static (FunctionReference Function, string Arn) Of(RestRequest request, string action)
    {
        var function = FunctionReference.Parse(request.Label, request.Query("Qualifier"), request.Scope, action);
        return (function, function.Arn(request.Scope.Region, request.Scope.AccountId));
    }

    /// <exception cref="AwsException">ResourceNotFoundException: no function is in another Region.</exception>
    public static void CheckRegion(RestRequest request, string region, FunctionReference function, string arn)
    {
        if (request.Scope.Region == region) return;
        throw function.Qualifier?.All(char.IsAsciiDigit) is false
            ? LambdaErrors.NotFound($"Cannot find alias arn: {arn}")
            : LambdaErrors.FunctionNotFound(arn);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("RequestedProvisionedConcurrentExecutions", Requested);
        json.WriteNumber("AvailableProvisionedConcurrentExecutions", Allocated);
        json.WriteNumber("AllocatedProvisionedConcurrentExecutions", Allocated);
        json.WriteString("Status", Status switch
        {
            ProvisionedStatus.InProgress => "IN_PROGRESS",
            ProvisionedStatus.Ready => "READY",
            _ => "FAILED",
        });
        if (Status == ProvisionedStatus.Failed) json.WriteString("StatusReason", "FUNCTION_ERROR_INIT_FAILURE");
        json.WriteString("LastModified", LastModified.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture));
    }
}
