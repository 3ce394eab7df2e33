using System.Text.Json;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>
/// Tells how a function is configured: alone, or together with its code, tags and reserved concurrency.
/// </summary>
/// <remarks>Source: AWS Lambda API Reference, GetFunction and GetFunctionConfiguration. The code's location is a
/// file of this machine: the zip file, or the folder of code that came from a template.</remarks>
internal sealed class GetFunction(FunctionDirectory functions)
{
    public ValueTask HandleAsync(RestRequest request)
    {
        var (function, arn) = Find(request, "lambda:GetFunction");
        return JsonBody.WriteAsync(request, json =>
        {
            json.WriteStartObject("Configuration");
            FunctionView.Write(json, function, withState: true, arn);
            json.WriteEndObject();
            WriteCode(json, function);
            if (function.Tags.Count > 0)
                FunctionView.WriteMap(json, "Tags", [.. function.Tags.Select(tag => (tag.Key, (object)tag.Value))]);
            if (function.ReservedConcurrency is { } reserved)
                FunctionView.WriteMap(json, "Concurrency", ("ReservedConcurrentExecutions", reserved));
        });
    }

    public ValueTask HandleConfigurationAsync(RestRequest request)
    {
        var (function, arn) = Find(request, "lambda:GetFunctionConfiguration");
        return JsonBody.WriteAsync(request, json => FunctionView.Write(json, function, withState: true, arn));
    }

    private static void WriteCode(Utf8JsonWriter json, DeployedFunction function)
    {
        if (function.Image is { } image)
            FunctionView.WriteMap(json, "Code", ("RepositoryType", "ECR"), ("ImageUri", image.Uri.ToString()),
                ("ResolvedImageUri", image.Uri.Resolved(image.Image.Digest)));
        else
            FunctionView.WriteMap(json, "Code", ("RepositoryType", "S3"),
                ("Location", function.Code.Location.AbsoluteUri));
    }

    /// <returns>The function, and its ARN as the caller qualified it (recorded).</returns>
    /// <exception cref="AwsException">
    /// ResourceNotFoundException, and what a function's name can have wrong.
    /// </exception>
    private (DeployedFunction Function, string Arn) Find(RestRequest request, string action)
    {
        var scope = request.Scope;
        var reference = FunctionReference.Parse(request.Label, request.Query("Qualifier"), scope, action);
        if (functions.Resolve(reference, scope.Region) is { } resolved && functions.Current(resolved) is { } function)
            return (function, reference.Arn(scope.Region, scope.AccountId));
        throw LambdaErrors.FunctionNotFound(reference.Arn(scope.Region, scope.AccountId));
    }
}
