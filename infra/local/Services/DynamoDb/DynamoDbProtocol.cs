using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>
/// The JSON protocol, with the wording of each operation for what is wrong with its request. Tables and streams share
/// the signing name and differ in the prefix of <c>X-Amz-Target</c>.
/// </summary>
internal sealed class DynamoDbProtocol(AwsJsonProtocol json, AwsJsonProtocol streams) : IWireProtocol
{
    /// <summary>What stands before the name of an operation on streams.</summary>
    public const string StreamsPrefix = "DynamoDBStreams_20120810";

    public long MaxRequestBytes => json.MaxRequestBytes;

    public async Task HandleAsync(HttpContext http, CallScope scope)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        var isOfStreams = target.StartsWith(StreamsPrefix + ".", StringComparison.Ordinal);
        try
        {
            await (isOfStreams ? streams : json).HandleAsync(http, scope);
        }
        catch (AwsException e) when (e.Note is RequestFault fault)
        {
            throw DynamoDbErrors.Validation(fault.TextFor(target.Split('.')[^1], e.Message));
        }
    }

    public Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error) =>
        json.WriteErrorAsync(http, scope, error);
}
