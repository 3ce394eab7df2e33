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
        services.AddSingleton(Keys());
        services.AddSingleton(new TokenVerifier(Required("TOKEN_ISSUER"), Required("TOKEN_AUDIENCE")));
    }

    // By the extension where the template names a parameter, so that they can be rotated without a deployment.
    private static IKeySource Keys() => Optional("TOKEN_KEYS_PARAMETER") is { } parameter
        ? new ParameterKeys(
            ParameterKeys.Client(Optional("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT") ?? "2773"), parameter,
            Required("AWS_SESSION_TOKEN"))
        : new FixedKeys(PublicKeys.Read(Required("TOKEN_PUBLIC_KEYS")));

    // Not that of Isobar.Jobs, which would bring a DynamoDB client along.
    private static string Required(string variable) => Optional(variable)
        ?? throw new InvalidOperationException($"The environment variable {variable} is not set.");

    private static string? Optional(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
