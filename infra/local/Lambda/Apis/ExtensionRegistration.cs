using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Apis;

/// <summary>What an extension says of itself when it registers.</summary>
/// <param name="ConfigurationKeys">Was removed from the API: it must be empty.</param>
internal sealed record RegisterRequest(IReadOnlyList<string>? Events, IReadOnlyList<string>? ConfigurationKeys);

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(RegisterRequest))]
internal sealed partial class RegisterRequestJson : JsonSerializerContext;

/// <summary><c>POST /extension/register</c>.</summary>
internal static class ExtensionRegistration
{
    private const string Name = "Lambda-Extension-Name";
    private const string AcceptFeature = "Lambda-Extension-Accept-Feature";

    public static async Task HandleAsync(HttpContext http, Caller caller)
    {
        var name = http.Request.Headers[Name].ToString();
        var body = await RequestBody.ReadAsync(http.Request);
        var identifier = caller.Environment.NewIdentifier();
        if (Read(name, body, out var events) is { } wrong)
            await Replies.RefuseAsync(http, wrong);
        else if (caller.Environment.Post(
            at => new ExtensionRegistered(at, caller.Incarnation, name, events, identifier)) is { } refused)
            await Replies.RefuseAsync(http, refused);
        else
            await WelcomeAsync(http, caller.Environment.Function, identifier);
    }

    private static Refusal? Read(string name, RequestBody body, out ExtensionEvents events)
    {
        events = ExtensionEvents.None;
        if (name.Length == 0) return Refusal.EmptyExtensionName;
        RegisterRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(body.Bytes.Span, RegisterRequestJson.Default.RegisterRequest);
        }
        catch (JsonException e)
        {
            return Refusal.InvalidRequestFormat(e.Message);
        }

        if (request?.ConfigurationKeys is { Count: > 0 })
        {
            return Refusal.InvalidRequestFormat(
                "configurationKeys are deprecated; use environment variables instead");
        }

        foreach (var asked in request?.Events ?? [])
        {
            switch (asked)
            {
                case "INVOKE":
                    events |= ExtensionEvents.Invoke;
                    break;
                case "SHUTDOWN":
                    events |= ExtensionEvents.Shutdown;
                    break;
                default:
                    return Refusal.InvalidEventType(asked);
            }
        }

        return null;
    }

    private static Task WelcomeAsync(HttpContext http, FunctionConfiguration function, Guid identifier)
    {
        var features = http.Request.Headers[AcceptFeature].ToString().Split(',', StringSplitOptions.TrimEntries);
        http.Response.Headers[ExtensionIdentity.Header] = identifier.ToString();
        return Replies.JsonAsync(http, writer =>
        {
            writer.WriteString("functionName", function.FunctionName);
            writer.WriteString("functionVersion", function.Version);
            writer.WriteString("handler", function.Handler);
            if (features.Contains("accountId")) writer.WriteString("accountId", function.AccountId);
        });
    }
}
