using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway.Operations;

/// <summary>Describes one API.</summary>
/// <remarks>Source: Amazon API Gateway REST API Reference, GetRestApi.</remarks>
internal static class GetRestApi
{
    /// <exception cref="AwsException">NotFoundException.</exception>
    public static ValueTask HandleAsync(Monitor<ApiGatewayState> apis, RestRequest request)
    {
        JsonAnswer.RefuseOthers(request);
        var id = request.Label;
        return JsonAnswer.WriteAsync(request, JsonAnswer.Of(apis.Ask((state, _) => state.Api(id))));
    }
}
