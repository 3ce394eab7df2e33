using Isobar.Local.Deployment;
using Isobar.Local.Services.ApiGateway.Sam;

namespace Isobar.Local.Services.ApiGateway;

/// <summary>What API Gateway adds to templates.</summary>
internal static class ApiGatewayTemplateParts
{
    public static TemplateParts Parts { get; } = new()
    {
        Events = [new("Api", ApiEventExpansion.Expand)],
        Resources =
        [
            new(ApiExpansion.ApiType, api => new ApiExpansion(api).Expand())
            {
                GlobalsSection = "Api",
                GlobalProperties = [.. ApiExpansion.Supported.Except(ApiExpansion.PerApi)],
            },
        ],
    };
}
