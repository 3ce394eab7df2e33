using Isobar.Local.Lambda.Code;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Replaces the code of <c>$LATEST</c>; published versions keep theirs.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, UpdateFunctionCode. As with UpdateFunctionConfiguration, the answer tells of an
/// update under way, and the next question finds it done.
/// </remarks>
internal sealed class UpdateFunctionCode(
    Monitor<FunctionRegistry> functions, CodeUploads uploads, Identifiers identifiers, string region)
{
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; ValidationException and InvalidParameterValueException: a setting or the code;
    /// RequestEntityTooLargeException; PreconditionFailedException: the revision is another one; and what a function's
    /// name can have wrong.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        JsonBody.CheckUploadSize(request);
        var function = UnqualifiedFunction.Of(request, "lambda:UpdateFunctionCode");
        var body = await JsonBody.ReadAsync(request, FunctionConfigurationJson.Wire.UpdateFunctionCodeRequest);
        if (FunctionConfigurationRules.Architectures(body.Architectures).ToArray() is { Length: > 0 } errors)
            throw LambdaErrors.Validation(errors);
        if (body.ImageUri is not null)
            throw LambdaErrors.InvalidParameter("ImageUri is not supported on this host: functions are zip files.");
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        var before = (request.Scope.Region == region
                ? functions.Ask((registry, _) => registry.Find(function.Name))
                : null)
            ?? throw LambdaErrors.FunctionNotFound(arn);
        CheckRevision(body, before);
        var code = await uploads.StoreAsync(body.Source, request.Http.RequestAborted);
        CheckSize(code, before);
        if (body.DryRun == true)
        {
            var looked = before with
            {
                Code = code, Configuration = before.Configuration with { CodeSha256 = code.Sha256 },
            };
            await JsonBody.WriteAsync(request, json => FunctionView.Write(json, looked, withState: true));
            return;
        }

        var updated = functions.Ask((registry, now) => Update(registry.Entry(function.Name), body, code, now))
            ?? throw LambdaErrors.FunctionNotFound(arn);
        await JsonBody.WriteAsync(request, json =>
        {
            if (body.Publish == true) FunctionView.WriteCreating(json, updated, $"{arn}:{updated.Version}");
            else FunctionView.WriteUpdating(json, updated with { RevisionId = identifiers.NewGuid().ToString() });
        });
    }

    private DeployedFunction? Update(
        FunctionEntry? entry, UpdateFunctionCodeRequest body, StoredCode code, DateTimeOffset now)
    {
        if (entry is null) return null;
        // Again: another request may have come between.
        CheckRevision(body, entry.Latest);
        CheckSize(code, entry.Latest);
        var updated = entry.UpdateCode(
            code, body.Architectures is [var architecture] ? architecture : null, now,
            identifiers.NewGuid().ToString());
        return body.Publish == true
            ? entry.Publish(null, now, identifiers.NewGuid().ToString(), identifiers.NewGuid().ToString())
            : updated;
    }

    private static void CheckRevision(UpdateFunctionCodeRequest body, DeployedFunction function)
    {
        if (body.RevisionId is { Length: > 0 } revision && revision != function.RevisionId)
            throw LambdaErrors.WrongRevision();
    }

    private static void CheckSize(StoredCode code, DeployedFunction function)
    {
        if (code.SizeBytes + function.Layers.Sum(layer => layer.Content.SizeBytes) > LambdaLimits.MaxUnzippedBytes)
            throw LambdaErrors.InvalidParameter(
                $"Unzipped size must be smaller than {LambdaLimits.MaxUnzippedBytes} bytes");
    }
}
