using Amazon.Lambda.Annotations;
using Microsoft.Extensions.DependencyInjection;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Authorize;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new TokenVerifier(
            PublicKeys.Read(Required("TOKEN_PUBLIC_KEYS")), Required("TOKEN_ISSUER"), Required("TOKEN_AUDIENCE")));
    }

    // Not that of Isobar.Jobs, which would bring a DynamoDB client along.
    private static string Required(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The environment variable {variable} is not set.");
}
