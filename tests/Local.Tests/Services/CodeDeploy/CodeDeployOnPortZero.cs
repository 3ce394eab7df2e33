using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Services;
using Isobar.Local.Services.CodeDeploy;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.CodeDeploy;

/// <summary>
/// CodeDeploy on a free port, with an alias <c>live</c> of a function <c>reader</c> at version 1, alarms and validation
/// functions that the test holds in its hands.
/// </summary>
internal sealed class CodeDeployOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private CodeDeployOnPortZero(ModuleOnPortZero host, CodeDeployModule module) =>
        (this.host, Module) = (host, module);

    public CodeDeployModule Module { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    public StubAliases Aliases { get; } = new();

    public StubAlarms Alarms { get; } = new();

    /// <summary>Validation functions; each event that one was invoked with.</summary>
    public StubTarget Functions { get; } = new("lambda");

    /// <summary>Starts with an application <c>app</c> that has one group, <c>group</c>.</summary>
    /// <param name="config">Of the group.</param>
    /// <param name="alarms">That the group watches; each is OK.</param>
    public static async Task<CodeDeployOnPortZero> StartAsync(
        string config = "CodeDeployDefault.LambdaCanary10Percent5Minutes", params string[] alarms)
    {
        CodeDeployModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(world => [module = new CodeDeployModule(world.Context)]);
        var started = new CodeDeployOnPortZero(host, module!);
        started.Aliases.Put("function:reader:live", "1");
        foreach (var role in (IServiceRole[])[module!, started.Aliases, started.Alarms, started.Functions])
            started.World.Directory.Add(role);
        foreach (var alarm in alarms) started.Alarms.Set(alarm, AlarmState.Ok);
        var watched = string.Join(", ", alarms.Select(alarm => $"{{Name: {alarm}}}"));
        await started.DeployAsync($$"""
            Resources:
              Application:
                Type: AWS::CodeDeploy::Application
                Properties: {ApplicationName: app, ComputePlatform: Lambda}
              Group:
                Type: AWS::CodeDeploy::DeploymentGroup
                Properties:
                  ApplicationName: !Ref Application
                  DeploymentGroupName: group
                  DeploymentConfigName: {{config}}
                  ServiceRoleArn: arn:aws:iam::000000000000:role/deployer
                  AlarmConfiguration: {Enabled: true, Alarms: [{{watched}}]}
                  AutoRollbackConfiguration:
                    Enabled: true
                    Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST]
                  DeploymentStyle: {DeploymentType: BLUE_GREEN, DeploymentOption: WITH_TRAFFIC_CONTROL}
            """);
        return started;
    }

    public Task<DeployedStack> DeployAsync(string template) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack, [.. Module.Providers],
        TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);

    /// <summary>Begins a deployment of the alias from version 1 to 2.</summary>
    /// <param name="hooks">For example <c>{"BeforeAllowTraffic":"check"}</c>.</param>
    /// <returns>Its id.</returns>
    public async Task<string> BeginAsync(params string[] hooks) =>
        (await OkAsync("CreateDeployment", Request(hooks))).GetProperty("deploymentId").GetString()!;

    /// <summary>A request for a deployment of the alias from version 1 to 2.</summary>
    public static string Request(params string[] hooks) => new JsonObject
    {
        ["applicationName"] = "app",
        ["deploymentGroupName"] = "group",
        ["revision"] = new JsonObject
        {
            ["revisionType"] = "AppSpecContent",
            ["appSpecContent"] = new JsonObject { ["content"] = Spec("1", "2", hooks) },
        },
    }.ToJsonString();

    /// <summary>An AppSpec in JSON.</summary>
    public static string Spec(string from, string to, params string[] hooks) => $$"""
        {"version": 0.0, "Resources": [ {"r": {"Type": "AWS::Lambda::Function", "Properties": {"Name": "reader",
        "Alias": "live", "CurrentVersion": "{{from}}", "TargetVersion": "{{to}}"} } } ],
        "Hooks": [{{string.Join(',', hooks)}}]}
        """;

    /// <summary>A deployment as GetDeployment shows it.</summary>
    public async Task<JsonElement> GetAsync(string id) =>
        (await OkAsync("GetDeployment", $$"""{"deploymentId":"{{id}}"}""")).GetProperty("deploymentInfo");

    /// <summary>A deployment's status, and the code of its error when it has one.</summary>
    public async Task<string> StatusAsync(string id)
    {
        var deployment = await GetAsync(id);
        var status = deployment.GetProperty("status").GetString()!;
        return deployment.TryGetProperty("errorInformation", out var error)
            ? $"{status} {error.GetProperty("code").GetString()}"
            : status;
    }

    /// <summary>The statuses of the three parts of a deployment.</summary>
    public async Task<string[]> EventsAsync(string id)
    {
        var target = await OkAsync("GetDeploymentTarget", $$"""{"deploymentId":"{{id}}","targetId":"reader:live"}""");
        return [.. target.GetProperty("deploymentTarget").GetProperty("lambdaTarget").GetProperty("lifecycleEvents")
            .EnumerateArray().Select(each => each.GetProperty("status").GetString()!)];
    }

    /// <summary>Reports the result of the validation function that was invoked last.</summary>
    public async Task<(int Status, JsonElement Answer)> ReportAsync(string status)
    {
        await World.Activity.WaitForQuietAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var happened = JsonNode.Parse(Functions.Events.Last().Event.Payload.Span)!;
        return await PostAsync("PutLifecycleEventHookExecutionStatus", $$"""
            {"deploymentId":"{{happened["DeploymentId"]}}",
            "lifecycleEventHookExecutionId":"{{happened["LifecycleEventHookExecutionId"]}}","status":"{{status}}"}
            """);
    }

    /// <summary>Moves service time, and waits until what that began has ended.</summary>
    public async Task JumpAsync(TimeSpan step)
    {
        World.Clock.JumpBy(step);
        Assert.True(await World.Activity.WaitForQuietAsync(
            TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>Sends a request that must fail.</summary>
    /// <returns>The error's code.</returns>
    public async Task<string> ErrorAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        Assert.Equal(400, status);
        return answer.GetProperty("__type").GetString()!.Split('#')[1];
    }

    public async Task<(int Status, JsonElement Answer)> PostAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") },
            },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"CodeDeploy_20141006.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{ModuleOnPortZero.Region}/codedeploy/aws4_request, "
            + "Signature=0");
        using var response = await http.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return ((int)response.StatusCode, document.RootElement.Clone());
    }

    public async ValueTask DisposeAsync()
    {
        Module.Dispose();
        http.Dispose();
        await host.DisposeAsync();
    }
}
