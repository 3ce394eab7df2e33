using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Points an alias to another version, or to two by weight: the next invocation goes there.</summary>
/// <remarks>Source: AWS Lambda API Reference, UpdateAlias.</remarks>
internal sealed class UpdateAlias(AliasChanges changes, string region)
{
    /// <exception cref="AwsException">As <see cref="AliasChanges.Update"/>, and what a function's name can have wrong.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:UpdateAlias");
        var body = await JsonBody.ReadAsync(request, AliasJson.Wire.AliasRequest);
        if (body.Name is not null) throw LambdaErrors.InvalidContent("The name of an alias can't be changed.");
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        if (request.Scope.Region != region)
            throw LambdaErrors.NotFound($"Alias not found: {arn}:{request.SecondLabel}");
        var alias = changes.Update(function.Name, arn, request.SecondLabel, body.Settings);
        await JsonBody.WriteAsync(request, json => AliasView.Write(json, arn, alias));
    }
}
