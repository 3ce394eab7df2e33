using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;

namespace Isobar.Local;

/// <summary>
/// <c>POST /_isobar/update</c> makes a change set of the host's template as it is now and carries it out;
/// <c>GET /_isobar/update?after=N</c> waits for the events after the first N. Only a process of this machine may ask.
/// </summary>
internal sealed class UpdateApi(LocalHost host)
{
    /// <summary>The path of its requests.</summary>
    public const string Path = "/_isobar/update";

    /// <summary>Bytes of a request: the 200 parameters of a template, with values of 4,096 bytes.</summary>
    private const int MaxRequestBytes = 1_048_576;

    /// <summary>How long a question waits for events before it is answered without.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    public async Task HandleAsync(HttpContext http)
    {
        await host.Ready.WaitAsync(http.RequestAborted);
        if (http.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
            await RefuseAsync(http, 403, "Only a process of the host's machine can update the stack.");
        else if (HttpMethods.IsGet(http.Request.Method)) await ProgressAsync(http);
        else if (!HttpMethods.IsPost(http.Request.Method)) await RefuseAsync(http, 405, "Send GET or POST.");
        // A page on another site can't send this type without a CORS preflight request, which is not answered.
        else if (!http.Request.HasJsonContentType())
            await RefuseAsync(http, 415, "The content type must be application/json.");
        else if (http.Request.ContentLength is null or > MaxRequestBytes)
            await RefuseAsync(http, 413, $"A request has at most {MaxRequestBytes} bytes, and says how many.");
        else await UpdateAsync(http);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        try
        {
            var request = await http.Request.ReadFromJsonAsync(UpdateJson.Default.UpdateRequest, http.RequestAborted)
                ?? throw new JsonException("The request is null.");
            using var planned = await host.PlanUpdateAsync(request, http.RequestAborted);
            var plan = planned.Plan;
            var isBegun = plan.Changed && request.Execute;
            if (isBegun) _ = host.BeginUpdate(planned, request);
            http.Response.StatusCode = isBegun ? 202 : 200;
            await http.Response.WriteAsJsonAsync(
                new UpdateAnswer(
                    plan.Stack.Identity.StackName, plan.Stack.Identity.Region, plan.Changed,
                    [.. plan.Changes.Select(Shown)]),
                UpdateJson.Default.UpdateAnswer);
        }
        catch (JsonException e)
        {
            await RefuseAsync(http, 400, e.Message);
        }
        catch (DeploymentException e)
        {
            await RefuseAsync(http, 400, e.Message);
        }
        catch (UpdateRefusedException e)
        {
            await RefuseAsync(http, 409, e.Message);
        }
    }

    private async Task ProgressAsync(HttpContext http)
    {
        var asked = http.Request.Query["after"].ToString();
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var after)) after = 0;
        var progress = await host.WaitForUpdateAsync(after, Wait, http.RequestAborted);
        var stack = progress.Outcome?.Stack ?? host.Stack;
        await http.Response.WriteAsJsonAsync(
            new UpdateView(
                System.IO.Path.GetFullPath(host.Options.TemplateFile), host.Options.Configuration, host.Options.Builds,
                stack.Identity.StackName, stack.Identity.Region, progress.Next, progress.Outcome is not null,
                progress.Outcome?.Failure?.Message, stack.Status, stack.StatusReason,
                [.. progress.Events.Select(happened => new StackEventView(
                    happened.Status, happened.Type, happened.LogicalId, happened.Reason))],
                [.. stack.Outputs.Select(output => new StackOutputView(output.Key, output.Value, output.Description))]),
            UpdateJson.Default.UpdateView);
    }

    private static StackChangeView Shown(ResourceChange change) => new(
        $"{change.Action}", change.LogicalId, change.Type,
        change.Replacement is { } replacement ? $"{replacement}" : "N/A", change.Properties);

    private static Task RefuseAsync(HttpContext http, int status, string reason)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new HostProblem(reason), UpdateJson.Default.HostProblem);
    }
}

/// <summary>What an update is asked for.</summary>
/// <param name="Template">A file in the folder of the host's template; null for the host's own.</param>
/// <param name="ParameterOverrides"><c>Name=value</c> pairs.</param>
/// <param name="Execute">False to see the change set alone.</param>
/// <param name="Build">Whether the host builds projects before it takes their output, if it does at all.</param>
internal sealed record UpdateRequest(
    string? Template, IReadOnlyList<string> ParameterOverrides, bool Execute, bool Build);

internal sealed record UpdateAnswer(
    string StackName, string Region, bool Changed, IReadOnlyList<StackChangeView> Changes);

internal sealed record StackChangeView(
    string Action, string LogicalId, string Type, string Replacement, IReadOnlyList<string> Properties);

/// <param name="Next">How many events there were.</param>
/// <param name="Failure">Why the update failed; null when it has not.</param>
internal sealed record UpdateView(
    string TemplateFile, string Configuration, bool Builds, string StackName, string Region, int Next, bool IsDone,
    string? Failure, string Status, string? StatusReason, IReadOnlyList<StackEventView> Events,
    IReadOnlyList<StackOutputView> Outputs);

internal sealed record StackEventView(string Status, string Type, string LogicalId, string? Reason);

internal sealed record StackOutputView(string Key, string Value, string? Description);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(UpdateRequest))]
[JsonSerializable(typeof(UpdateAnswer))]
[JsonSerializable(typeof(UpdateView))]
[JsonSerializable(typeof(HostProblem))]
internal sealed partial class UpdateJson : JsonSerializerContext;
