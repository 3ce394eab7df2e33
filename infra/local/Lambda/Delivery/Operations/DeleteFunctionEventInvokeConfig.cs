using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery.Operations;

/// <summary>Takes a function's asynchronous invocation back to the standard, without destinations.</summary>
/// <remarks>Source: AWS Lambda API Reference, DeleteFunctionEventInvokeConfig.</remarks>
internal sealed class DeleteFunctionEventInvokeConfig(EventInvokeConfigChanges changes)
{
    /// <exception cref="AwsException">ResourceNotFoundException, also when there is no such function; and what a
    /// function's name can have wrong.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        changes.Delete(EventInvokeConfigTarget.Of(request, "lambda:DeleteFunctionEventInvokeConfig"));
        return JsonBody.AnswerNoContent(request);
    }
}
