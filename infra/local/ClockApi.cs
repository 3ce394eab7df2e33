using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using Isobar.Local.Ownership;

namespace Isobar.Local;

/// <summary>
/// The service clock over HTTP: <c>GET /_isobar/clock</c> shows it, <c>POST /_isobar/clock/next</c> jumps to the next
/// timer, <c>POST /_isobar/clock/advance</c> with <c>{"by":"PT3M"}</c> advances by an ISO 8601 duration.
/// </summary>
/// <remarks>
/// A POST must be <c>application/json</c>: a page on another site can't send that without a CORS preflight request,
/// which is not answered.
/// </remarks>
internal sealed class ClockApi(ServiceClock clock, ClockControl control)
{
    /// <summary>What the paths of its requests begin with.</summary>
    public const string Path = "/_isobar/clock";

    private const int MaxBodyBytes = 1_024;

    public async Task HandleAsync(HttpContext http)
    {
        var isPost = HttpMethods.IsPost(http.Request.Method);
        if (isPost && !http.Request.HasJsonContentType())
        {
            await WriteAsync(http, 415, new HostProblem("The content type must be application/json."));
            return;
        }

        try
        {
            await (http.Request.Path.Value switch
            {
                Path when HttpMethods.IsGet(http.Request.Method) => ShowAsync(http),
                Path + "/next" when isPost => NextAsync(http),
                Path + "/advance" when isPost => AdvanceAsync(http),
                _ => WriteAsync(http, 404, new HostProblem("There is no such call; see the README of infra/local.")),
            });
        }
        catch (ClockBusyException e)
        {
            await WriteAsync(http, 409, new HostProblem(e.Message));
        }
    }

    private Task ShowAsync(HttpContext http) => WriteAsync(http, 200, new ClockView(
        clock.GetUtcNow(), XmlConvert.ToString(clock.Offset),
        [.. clock.ArmedTimers()
            .Where(timer => !timer.IsPassive)
            .Select(timer => new ClockTimer(timer.Name, timer.Due))]));

    private async Task NextAsync(HttpContext http)
    {
        var jump = await control.JumpToNextTimerAsync(http.RequestAborted);
        if (jump is null) await WriteAsync(http, 409, new HostProblem("No timer is armed."));
        else await WriteAsync(http, 200, View(jump));
    }

    private async Task AdvanceAsync(HttpContext http)
    {
        var step = await ReadStepAsync(http);
        if (step is { } by && by >= TimeSpan.Zero && by <= ClockControl.MaxStep)
            await WriteAsync(http, 200, View(await control.AdvanceByAsync(by, http.RequestAborted)));
        else
            await WriteAsync(http, 400,
                new HostProblem("Send {\"by\":\"PT3M\"}: an ISO 8601 duration of 0 to 14 days."));
    }

    private static async Task<TimeSpan?> ReadStepAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or > MaxBodyBytes) return null;
        try
        {
            var advance = await JsonSerializer.DeserializeAsync(
                http.Request.Body, ClockJson.Default.ClockAdvance, http.RequestAborted);
            return advance is null ? null : XmlConvert.ToTimeSpan(advance.By);
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static ClockMoved View(ClockJump jump) => new(XmlConvert.ToString(jump.Step), jump.Now, jump.Fired);

    private static Task WriteAsync<T>(HttpContext http, int status, T body)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            body, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)ClockJson.Default.GetTypeInfo(typeof(T))!);
    }
}

internal sealed record ClockAdvance(string By);

internal sealed record ClockMoved(string Step, DateTimeOffset Now, IReadOnlyList<string> Fired);

internal sealed record ClockView(DateTimeOffset Now, string Ahead, IReadOnlyList<ClockTimer> Timers);

internal sealed record ClockTimer(string Name, DateTimeOffset Due);

/// <param name="Error">A sentence: why the host refused the request.</param>
internal sealed record HostProblem(string Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ClockAdvance))]
[JsonSerializable(typeof(ClockMoved))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(HostProblem))]
internal sealed partial class ClockJson : JsonSerializerContext;
