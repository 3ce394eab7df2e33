using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Isobar.Local.Tokens;

namespace Isobar.Benchmarks.ColdStarts;

/// <summary>What is compared: two functions, each in some ways, and an empty function as the floor.</summary>
internal static class ColdSubjects
{
    /// <summary>The ways, as the table says them.</summary>
    public const string Jit = "JIT", ReadyToRun = "ReadyToRun", Native = "Native AOT", Provisioned = "provisioned";

    private const string Stack = "isobar";

    private static readonly string NoJob = new('0', 64);

    /// <summary>The .NET host that this process runs on.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <param name="progress">Is told what is made next, which takes minutes at first.</param>
    public static async Task<IReadOnlyList<ColdSubject>> MakeAsync(
        Packages packages, Action<string> progress, CancellationToken cancellationToken)
    {
        progress("Authorize, compiled just in time");
        var authorizeJit = await packages.PublishForJitAsync(
            "functions/Authorize/Authorize.csproj", "Authorize", cancellationToken);
        progress("Authorize, ReadyToRun");
        var authorize = await packages.MakeAsync("functions/Authorize", "AuthorizeFunction", cancellationToken);
        progress("GetJob, compiled just in time, with its layer");
        var apiJit = await packages.PublishForJitAsync("functions/Api/Api.csproj", "Api", cancellationToken);
        var layerJit = await packages.PublishLayerForJitAsync(
            "layers/shared/shared.csproj", "shared", cancellationToken);
        progress("GetJob, ReadyToRun, with its layer");
        var api = await packages.MakeAsync("functions/Api", "ApiGetJobFunction", cancellationToken);
        var layer = await packages.MakeAsync("layers/shared", "SharedLayer", cancellationToken);
        var native = Packages.NoNativeCode is null
            ? await NativeAsync(packages, progress, cancellationToken)
            : [];

        var (variables, call) = Authorizer();
        return
        [
            new ColdSubject("an empty function", Jit, Checkout.Output("Probe"), Managed("Probe"),
                new Dictionary<string, string>(), "{}", "{}"),
            new ColdSubject("Authorize", Jit, authorizeJit, Managed("Authorize"), variables, call, Allow),
            new ColdSubject("Authorize", ReadyToRun, authorize, Managed("Authorize"), variables, call, Allow),
            .. native.Select(package =>
                new ColdSubject("Authorize", Native, package, ["./bootstrap"], variables, call, Allow)),
            new ColdSubject("Authorize", Provisioned, authorize, Managed("Authorize"), variables, call, Allow)
            {
                IsProvisioned = true,
            },
            Job(Jit, apiJit, layerJit), Job(ReadyToRun, api, layer),
            Job(Provisioned, api, layer) with { IsProvisioned = true },
        ];
    }

    /// <summary>GET /jobs/{id} alone, as <c>sam build</c> makes it.</summary>
    public static async Task<ColdSubject> MakeJobAsync(Packages packages, CancellationToken cancellationToken) => Job(
        ReadyToRun, await packages.MakeAsync("functions/Api", "ApiGetJobFunction", cancellationToken),
        await packages.MakeAsync("layers/shared", "SharedLayer", cancellationToken));

    private const string Allow = "\"Allow\"";

    private static async Task<string[]> NativeAsync(
        Packages packages, Action<string> progress, CancellationToken cancellationToken)
    {
        progress("Authorize, native code");
        return
        [
            await packages.MakeAsync("functions/AuthorizeNative", "AuthorizeNativeFunction", cancellationToken),
        ];
    }

    // As Lambda's bootstrap starts an executable assembly.
    private static string[] Managed(string assembly) => [Dotnet, "exec", $"{assembly}.dll"];

    /// <summary>The authorizer's variables, and a call with a token that is valid for an hour.</summary>
    private static (Dictionary<string, string> Variables, string Event) Authorizer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new TokenIssuer(key);
        var token = issuer.Issue("benchmark", Stack, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        var variables = new Dictionary<string, string>
        {
            ["_HANDLER"] = "Authorize", ["ANNOTATIONS_HANDLER"] = "Authorize",
            ["POWERTOOLS_SERVICE_NAME"] = "authorize",
            ["TOKEN_PUBLIC_KEYS"] = issuer.PublicKeys, ["TOKEN_ISSUER"] = "isobar-token", ["TOKEN_AUDIENCE"] = Stack,
        };
        return (variables, $$"""
            {"type":"TOKEN","authorizationToken":"Bearer {{token}}",
             "methodArn":"arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/v1/POST/imports"}
            """);
    }

    /// <summary>GET /jobs/{id} of a job that is not there: one read of DynamoDB, and a problem document.</summary>
    private static ColdSubject Job(string way, string package, string layer) => new(
        "GetJob", way, package, Managed("Api"),
        new Dictionary<string, string>
        {
            ["_HANDLER"] = "Api", ["ANNOTATIONS_HANDLER"] = "GetJob", ["POWERTOOLS_SERVICE_NAME"] = "api-get-job",
            ["ALLOWED_ORIGIN"] = "*", ["JOBS_TABLE"] = "cold",
            ["DOTNET_SHARED_STORE"] = Path.Combine(layer, "dotnetcore", "store") + "/",
        },
        $$$"""
        {"resource":"/jobs/{id}","path":"/jobs/{{{NoJob}}}","httpMethod":"GET","headers":{},
         "pathParameters":{"id":"{{{NoJob}}}"},
         "requestContext":{"requestId":"00000000-0000-4000-8000-000000000000","httpMethod":"GET"}}
        """,
        "404");
}
