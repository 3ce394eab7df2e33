using System.Net;
using System.Text.Json.Nodes;

namespace Isobar.Stories.Releases;

/// <summary>
/// A function of the application whose versions, aliases and concurrency a story changes. It has an alias for stories;
/// what was changed is put back in the end.
/// </summary>
internal sealed class ReleasedFunction(StackFixture stack) : IAsyncDisposable
{
    public const string Alias = "story";

    private const string NoRecords = """{"Records":[]}""";

    private readonly List<string> published = [];
    private string? described;
    private bool hasAlias;
    private bool isProvisioned;
    private bool isReserved;

    private AwsCalls Calls => stack.Stack.Calls;

    // Nobody else changes it, and it has nothing to do while no chunk is given up.
    private string Name => stack.Stack.NameOf("DeadLettersFunction");

    private string Path => $"/2015-03-31/functions/{Name}";

    private string Concurrency => $"/2017-10-31/functions/{Name}/concurrency";

    private string Provisioned => $"/2019-09-30/functions/{Name}/provisioned-concurrency?Qualifier={Alias}";

    /// <returns>The number of the version that is like the function now.</returns>
    public async Task<string> PublishAsync()
    {
        var version = (string)(await Calls.LambdaAsync(
            HttpMethod.Post, $"{Path}/versions", new JsonObject()))["Version"]!;
        if (!published.Contains(version)) published.Add(version);
        return version;
    }

    /// <summary>Changes the description of the function, and waits until that is done.</summary>
    public async Task DescribeAsync(string description)
    {
        described ??= await DescriptionAsync("$LATEST");
        await Calls.LambdaAsync(
            HttpMethod.Put, $"{Path}/configuration", new JsonObject { ["Description"] = description });
        await stack.UntilAsync(
            async () => (string?)(await ConfigurationAsync("$LATEST"))["LastUpdateStatus"],
            status => status == "Successful");
    }

    public async Task<string> DescriptionAsync(string qualifier) =>
        (string)(await ConfigurationAsync(qualifier))["Description"]!;

    public async Task CreateAliasAsync(string version)
    {
        await Calls.LambdaAsync(HttpMethod.Post, $"{Path}/aliases",
            new JsonObject { ["Name"] = Alias, ["FunctionVersion"] = version });
        hasAlias = true;
    }

    /// <param name="second">Another version with a weight; null for none.</param>
    public Task MoveAliasAsync(string version, (string Version, double Weight)? second = null)
    {
        var weights = new JsonObject();
        if (second is { } other) weights[other.Version] = other.Weight;
        return Calls.LambdaAsync(HttpMethod.Put, $"{Path}/aliases/{Alias}", new JsonObject
        {
            ["FunctionVersion"] = version,
            ["RoutingConfig"] = new JsonObject { ["AdditionalVersionWeights"] = weights },
        });
    }

    /// <summary>The versions that answered calls of the alias.</summary>
    public async Task<IReadOnlySet<string>> VersionsAsync(int calls)
    {
        var versions = new HashSet<string>();
        for (var call = 0; call < calls; call++)
        {
            using var answer = await Calls.InvokeAsync(
                Name, NoRecords, "RequestResponse", $"?Qualifier={Alias}");
            versions.Add(answer.Headers.GetValues("X-Amz-Executed-Version").Single());
        }

        return versions;
    }

    /// <returns>The status, and the reason of a 429.</returns>
    public async Task<(HttpStatusCode Status, string? Reason)> TryInvokeAsync(string qualifier = "$LATEST")
    {
        using var answer = await Calls.TryLambdaAsync(
            HttpMethod.Post, $"{Path}/invocations?Qualifier={Uri.EscapeDataString(qualifier)}", NoRecords);
        var reason = answer.StatusCode == HttpStatusCode.OK
            ? null
            : (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["Reason"];
        return (answer.StatusCode, reason);
    }

    /// <param name="executions">Null to delete the reservation.</param>
    public async Task ReserveAsync(int? executions)
    {
        if (executions is null) await Calls.LambdaAsync(HttpMethod.Delete, Concurrency);
        else
            await Calls.LambdaAsync(HttpMethod.Put, Concurrency,
                new JsonObject { ["ReservedConcurrentExecutions"] = executions });
        isReserved = executions is not null;
    }

    /// <summary>What no function of the account has reserved.</summary>
    public async Task<int> UnreservedAsync() => (int)(await Calls.LambdaAsync(
        HttpMethod.Get, "/2016-08-19/account-settings/"))["AccountLimit"]!["UnreservedConcurrentExecutions"]!;

    public async Task<JsonNode> ProvisionAsync(int executions)
    {
        isProvisioned = true;
        return await Calls.LambdaAsync(HttpMethod.Put, Provisioned,
            new JsonObject { ["ProvisionedConcurrentExecutions"] = executions });
    }

    public Task<JsonNode> ProvisionedAsync() => Calls.LambdaAsync(HttpMethod.Get, Provisioned);

    /// <returns>The status, and the error's name.</returns>
    public async Task<(HttpStatusCode Status, string? Error)> TryProvisionedAsync()
    {
        using var answer = await Calls.TryLambdaAsync(HttpMethod.Get, Provisioned, "");
        return (answer.StatusCode, answer.Headers.GetValues("x-amzn-ErrorType").Single().Split(':')[0]);
    }

    /// <summary>As Application Auto Scaling names the alias.</summary>
    public string ScalableResource => $"function:{Name}:{Alias}";

    /// <summary>A call of Application Auto Scaling about the alias.</summary>
    public async Task<JsonNode> ScaleAsync(string action, JsonObject request)
    {
        request["ServiceNamespace"] = "lambda";
        request["ResourceId"] = ScalableResource;
        request["ScalableDimension"] = "lambda:function:ProvisionedConcurrency";
        return await Calls.ScaleAsync(action, request);
    }

    /// <summary>Puts back what was changed, in the order that Lambda asks for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isProvisioned) await Calls.LambdaAsync(HttpMethod.Delete, Provisioned);
        if (isReserved) await ReserveAsync(null);
        if (hasAlias) await Calls.LambdaAsync(HttpMethod.Delete, $"{Path}/aliases/{Alias}");
        if (described is { } before) await DescribeAsync(before);
        var live = (string?)(await Calls.LambdaAsync(HttpMethod.Get, $"{Path}/aliases/live"))["FunctionVersion"];
        foreach (var version in published.Where(version => version != live))
            await Calls.LambdaAsync(HttpMethod.Delete, $"{Path}?Qualifier={version}");
    }

    private Task<JsonNode> ConfigurationAsync(string qualifier) => Calls.LambdaAsync(
        HttpMethod.Get, $"{Path}/configuration?Qualifier={Uri.EscapeDataString(qualifier)}");
}
