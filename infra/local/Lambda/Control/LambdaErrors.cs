using System.Text.Json.Nodes;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Every error that Lambda can answer with.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference; texts as recorded against AWS in November 2025. Some shapes spell their member
/// <c>Message</c>, others <c>message</c>; validation errors carry no Type.
/// </remarks>
internal static class LambdaErrors
{
    public const string Throttled = "TooManyRequestsException";

    public const string ReservedConcurrencyReached = "ReservedFunctionConcurrentInvocationLimitExceeded";

    public const string AccountConcurrencyReached = "ConcurrentInvocationLimitExceeded";

    public const string ReservedRateReached = "ReservedFunctionInvocationRateLimitExceeded";

    public const string AccountRateReached = "CallerRateLimitExceeded";

    /// <remarks>AWS does not say which of its reasons it gives for this; the name fits best.</remarks>
    public const string FunctionScalesTooFast = "FunctionInvocationRateLimitExceeded";

    /// <param name="arn">Qualified as the caller qualified it.</param>
    public static AwsException FunctionNotFound(string arn) => Upper(
        "ResourceNotFoundException", $"Function not found: {arn}", 404);

    public static AwsException ResourceNotFound() => Upper(
        "ResourceNotFoundException", "The resource you requested does not exist.", 404);

    /// <summary>What the operations on event invoke configurations say of a function that is not there.</summary>
    public static AwsException NoSuchFunction() => Upper(
        "ResourceNotFoundException", "The function doesn't exist.", 404);

    /// <param name="arn">Qualified.</param>
    public static AwsException NoEventInvokeConfig(string arn) => Upper(
        "ResourceNotFoundException", $"The function {arn} doesn't have an EventInvokeConfig", 404);

    public static AwsException NotFound(string message) => Upper("ResourceNotFoundException", message, 404);

    public static AwsException WrongRevision() => Lower("PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve "
        + "the latest Revision Id", 412);

    /// <param name="operation">That tells the revision: <c>GetPolicy</c>, <c>GetLayerPolicy</c>.</param>
    public static AwsException WrongPolicyRevision(string operation) => Lower("PreconditionFailedException",
        $"The Revision Id provided does not match the latest Revision Id. Call the {operation} API to retrieve the "
        + "latest Revision Id", 412);

    public static AwsException PolicyTooLong(int bytes, int limit) => Lower("PolicyLengthExceededException",
        $"The final policy size ({bytes}) is bigger than the limit ({limit}).", 400);

    /// <remarks>Recorded: this one error carries no Type.</remarks>
    public static AwsException LatestHasNoWeights() => new("InvalidParameterValueException",
        "$LATEST is not supported for an alias pointing to more than 1 version");

    public static AwsException NotReachable(string region, string here) => Upper(
        "ResourceNotFoundException", $"Functions from '{region}' are not reachable in this region ('{here}')", 404);

    public static AwsException AccessDenied(string action, string resource) => Upper("AccessDeniedException",
        $"User is not authorized to perform: {action} on resource: {resource}", 403);

    public static AwsException InvalidParameter(string message) =>
        Lower("InvalidParameterValueException", message, 400);

    /// <remarks>Recorded: this one error carries no Type.</remarks>
    public static AwsException TooMuchReserved(int least) => new("InvalidParameterValueException",
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below "
        + $"its minimum value of [{least}].");

    /// <remarks>Recorded, also the space before it; without a Type.</remarks>
    public static AwsException ReservedBelowProvisioned(int reserved, int provisioned) => new(
        "InvalidParameterValueException", $" ReservedConcurrentExecutions  {reserved} should not be lower than "
        + $"function's total provisioned concurrency [{provisioned}].");

    public static AwsException ProvisionedAboveReserved() => InvalidParameter(
        "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function");

    /// <remarks>Recorded: without a Type, as the next one.</remarks>
    public static AwsException ProvisionedAboveUnreserved(int unreserved) => new("InvalidParameterValueException",
        "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency "
        + $"[{unreserved}].");

    public static AwsException TooMuchProvisioned(int least) => new("InvalidParameterValueException",
        "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below "
        + $"its minimum value of [{least}].");

    public static AwsException ProvisionedUnpublished() => InvalidParameter(
        "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");

    public static AwsException NeitherAliasNorVersion() => InvalidParameter(
        "The function resource provided must be an alias or a published version.");

    /// <remarks>The rule is the developer guide's; its words are not recorded.</remarks>
    public static AwsException ProvisionedWithWeights() => InvalidParameter(
        "Alias with weights can not be used with Provisioned Concurrency");

    public static AwsException NoProvisionedConcurrency() => Lower("ProvisionedConcurrencyConfigNotFoundException",
        "No Provisioned Concurrency Config found for this function", 404);

    public static AwsException InvalidContent(string message) =>
        Lower("InvalidRequestContentException", message, 400);

    public static AwsException InvalidPayload(string reason) =>
        InvalidContent("Could not parse request body into json: Could not parse payload into json: " + reason);

    public static AwsException Conflict(string message) => Lower("ResourceConflictException", message, 409);

    public static AwsException QualifierMismatch() =>
        InvalidParameter("The derived qualifier from the function name does not match the specified qualifier.");

    /// <remarks>Recorded: this one error carries no Type.</remarks>
    public static AwsException EntityTooLarge(string message) =>
        new("RequestEntityTooLargeException", message, 413);

    /// <summary>One or more members of the request break a constraint of the service's model.</summary>
    public static AwsException Validation(params IReadOnlyList<string> errors) => new("ValidationException",
        $"{errors.Count} validation error{(errors.Count == 1 ? "" : "s")} detected: {string.Join("; ", errors)}");

    /// <summary>The text of one constraint that is not met.</summary>
    public static string Constraint(string value, string member, string constraint) =>
        $"Value '{value}' at '{member}' failed to satisfy constraint: Member must {constraint}";

    /// <param name="bytes">The size; the least that it is when the body came without a length.</param>
    public static AwsException RequestTooLarge(long bytes, string invocationType, int limit) =>
        Lower("RequestTooLargeException",
            $"{bytes} byte payload is too large for the {invocationType} invocation type (limit {limit} bytes)", 413);

    public static AwsException TooManyRequests(string reason) => new(Throttled, "Rate Exceeded.", 429)
    {
        Members = new JsonObject { ["Reason"] = reason, ["Type"] = "User", ["message"] = "Rate Exceeded." },
    };

    /// <summary>This machine can't take more; SDKs retry it, and no AWS limit was reached.</summary>
    public static AwsException Service(string message, Exception? inner = null) =>
        new("ServiceException", message, 500, inner)
        {
            Members = new JsonObject { ["Type"] = "Service", ["Message"] = message },
        };

    private static AwsException Upper(string code, string message, int status) => new(code, message, status)
    {
        Members = new JsonObject { ["Type"] = "User", ["Message"] = message },
    };

    private static AwsException Lower(string code, string message, int status) => new(code, message, status)
    {
        Members = new JsonObject { ["Type"] = "User", ["message"] = message },
    };
}
