using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery.Operations;

/// <summary>Lists the configurations of a function, 50 a page.</summary>
/// <remarks>Source: AWS Lambda API Reference, ListFunctionEventInvokeConfigs.</remarks>
internal sealed class ListFunctionEventInvokeConfigs(EventInvokeConfigChanges changes)
{
    /// <exception cref="AwsException">ResourceNotFoundException; ValidationException; and what a function's name can
    /// have wrong.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var target = EventInvokeConfigTarget.Of(request, "lambda:ListFunctionEventInvokeConfigs");
        return JsonBody.WritePageAsync(
            request, "FunctionEventInvokeConfigs", changes.List(target), entry => entry.Key,
            LambdaLimits.MaxEventInvokeConfigsOnPage, (json, entry) =>
            {
                json.WriteStartObject();
                EventInvokeConfigView.Write(json, entry.Key, entry.Value);
                json.WriteEndObject();
            });
    }
}
