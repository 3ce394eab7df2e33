using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace Isobar.Remediate;

/// <summary>Invokes Import asynchronously.</summary>
/// <param name="function">Its name or ARN.</param>
public sealed class ImportInvoker(IAmazonLambda client, string function) : IImportInvoker
{
    public Task InvokeAsync(string payload, CancellationToken cancellationToken) => client.InvokeAsync(
        new InvokeRequest { FunctionName = function, InvocationType = InvocationType.Event, Payload = payload },
        cancellationToken);
}
