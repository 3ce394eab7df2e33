using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

internal sealed record PutFunctionConcurrencyRequest(int? ReservedConcurrentExecutions);

/// <summary>Reserves concurrent executions for a function; zero turns it off.</summary>
/// <remarks>Source: AWS Lambda API Reference, PutFunctionConcurrency.</remarks>
internal sealed class PutFunctionConcurrency(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">
    /// ValidationException; InvalidParameterValueException: a qualifier, or too little is left to others;
    /// ResourceNotFoundException.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:PutFunctionConcurrency");
        var body = await JsonBody.ReadAsync(request, ConcurrencyJson.Wire.PutFunctionConcurrencyRequest);
        if (body.ReservedConcurrentExecutions is not { } reserved)
            throw LambdaErrors.Validation("Value null at 'reservedConcurrentExecutions' failed to satisfy constraint: "
                + "Member must not be null");
        if (reserved < 0)
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                $"{reserved}", "reservedConcurrentExecutions", "have value greater than or equal to 0"));
        if (request.Scope.Region != region
            || !functions.Ask((registry, _) => registry.Reserve(function.Name, reserved)))
            throw UnqualifiedFunction.NotFound(function, request.Scope);
        await JsonBody.WriteAsync(request, json => json.WriteNumber("ReservedConcurrentExecutions", reserved));
    }
}

/// <summary>The types of requests about concurrency.</summary>
[JsonSerializable(typeof(PutFunctionConcurrencyRequest))]
[JsonSerializable(typeof(PutProvisionedConcurrencyConfigRequest))]
internal sealed partial class ConcurrencyJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused.</summary>
    public static ConcurrencyJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
