using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Services;
using Isobar.Local.Services.ApplicationAutoScaling;
using Isobar.Local.Services.CloudWatch;
using Isobar.Local.Tests.Lambda;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.ApplicationAutoScaling;

/// <summary>Lambda with a function of one version and the alias <c>live</c>, and Application Auto Scaling.</summary>
internal sealed class ScalingWorld : IAsyncDisposable
{
    public const string Resource = "function:echo:live";

    public const string Target = "\"ServiceNamespace\":\"lambda\",\"ResourceId\":\"function:echo:live\","
        + "\"ScalableDimension\":\"lambda:function:ProvisionedConcurrency\"";

    private ScalingWorld(LambdaOnPortZero lambda, ApplicationAutoScalingModule module, AlarmsInHand alarms) =>
        (Lambda, Module, Alarms) = (lambda, module, alarms);

    public LambdaOnPortZero Lambda { get; }

    public ApplicationAutoScalingModule Module { get; }

    public AlarmsInHand Alarms { get; }

    /// <param name="realAlarms">Whether CloudWatch has the alarms; else they are only kept.</param>
    public static async Task<ScalingWorld> StartAsync(int provisioned = 0, bool realAlarms = false)
    {
        ApplicationAutoScalingModule? module = null;
        var alarms = new AlarmsInHand();
        var lambda = await LambdaOnPortZero.StartAsync(beside: world =>
        {
            module = new ApplicationAutoScalingModule(world.Context);
            if (realAlarms) return [new CloudWatchModule(world.Context), module];
            world.Directory.Add(alarms);
            return [module];
        });
        var scaling = new ScalingWorld(lambda, module!, alarms);
        await lambda.SendAsync(HttpMethod.Post, "/2015-03-31/functions/echo/versions", new StringContent("{}"));
        await lambda.SendAsync(HttpMethod.Post, "/2015-03-31/functions/echo/aliases",
            new StringContent("""{"Name":"live","FunctionVersion":"1"}"""));
        if (provisioned > 0) await scaling.ProvisionAsync(provisioned);
        return scaling;
    }

    public async Task ProvisionAsync(int executions)
    {
        var answer = await Lambda.SendAsync(HttpMethod.Put,
            "/2019-09-30/functions/echo/provisioned-concurrency?Qualifier=live",
            new StringContent($$"""{"ProvisionedConcurrentExecutions":{{executions}}}"""));
        Assert.Equal(202, answer.Status);
        Lambda.Pool.Allocate();
    }

    /// <summary>What is provisioned, as Lambda shows it.</summary>
    public async Task<int> CapacityAsync() => (int)(await Lambda.SendAsync(
        HttpMethod.Get, "/2019-09-30/functions/echo/provisioned-concurrency?Qualifier=live"))
        .Json["RequestedProvisionedConcurrentExecutions"]!;

    /// <summary>Asks Application Auto Scaling, about the alias unless the members say otherwise.</summary>
    public async Task<(int Status, JsonNode Json)> AskAsync(string operation, string members = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(
                members.StartsWith('{') ? members : "{" + Target + (members.Length > 0 ? "," : "") + members + "}")),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AnyScaleFrontendService.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260112/us-east-1/"
            + "application-autoscaling/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await Lambda.Client.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public async Task RegisterAsync(int least, int most) =>
        Assert.Equal(200, (await AskAsync("RegisterScalableTarget",
            $"\"MinCapacity\":{least},\"MaxCapacity\":{most}")).Status);

    /// <summary>A policy with a target of 0.7.</summary>
    public async Task<JsonNode> TrackAsync(string more = "")
    {
        var (status, json) = await AskAsync("PutScalingPolicy", "\"PolicyName\":\"track\",\"PolicyType\":"
            + "\"TargetTrackingScaling\",\"TargetTrackingScalingPolicyConfiguration\":{\"TargetValue\":0.7,"
            + "\"PredefinedMetricSpecification\":{\"PredefinedMetricType\":"
            + "\"LambdaProvisionedConcurrencyUtilization\"}" + more + "}");
        Assert.Equal(200, status);
        return json;
    }

    /// <summary>An alarm of the policy goes to ALARM, with a value of the metric.</summary>
    public async Task AlarmAsync(string side, double value)
    {
        var (arn, definition) = Alarms.All.Single(alarm => alarm.Value.Name.Contains($"Alarm{side}-"));
        var now = Lambda.World.Clock.GetUtcNow();
        await Module.ActAsync(
            Arn.TryParse(Assert.Single(definition.AlarmActions))!,
            new AlarmStateChange(
                new AlarmStatus(arn, definition, AlarmState.Alarm, "", now), AlarmState.Ok, value, now),
            default);
    }

    public async ValueTask DisposeAsync()
    {
        await Lambda.DisposeAsync();
        Module.Dispose();
    }
}

/// <summary>CloudWatch's alarms by name only: a test says when one goes off.</summary>
internal sealed class AlarmsInHand : IAlarms
{
    public Dictionary<Arn, AlarmDefinition> All { get; } = [];

    /// <summary>What a new alarm is refused with.</summary>
    public AwsException? Refusal { get; set; }

    public string Service => "cloudwatch";

    public bool Exists(Arn resource) => All.ContainsKey(resource);

    public void Put(Arn alarm, AlarmDefinition definition)
    {
        if (Refusal is { } refusal) throw refusal;
        All[alarm] = definition;
    }

    public void Delete(Arn alarm) => All.Remove(alarm);

    public AlarmStatus? Find(Arn alarm) => null;

    public IDisposable Watch(Action<AlarmStateChange> listener) => throw new NotSupportedException();
}
