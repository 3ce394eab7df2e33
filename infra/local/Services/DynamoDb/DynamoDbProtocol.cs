using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>The JSON protocol, with the wording of each operation for what is wrong with its request.</summary>
internal sealed class DynamoDbProtocol(AwsJsonProtocol json) : IWireProtocol
{
    public long MaxRequestBytes => json.MaxRequestBytes;

    public async Task HandleAsync(HttpContext http, CallScope scope)
    {
        try
        {
            await json.HandleAsync(http, scope);
        }
        catch (AwsException e) when (e.Note is RequestFault fault)
        {
            var operation = http.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
            throw DynamoDbErrors.Validation(fault.TextFor(operation, e.Message));
        }
    }

    public Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error) =>
        json.WriteErrorAsync(http, scope, error);
}
