using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Apis;

/// <summary>The Extensions API's routes.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Extensions API"; version 2020-01-01. Statuses, types and texts of refusals are
/// those of the runtime interface emulator, <c>rapi/handler/agent*.go</c>.
/// </remarks>
internal static class ExtensionsApi
{
    public const string Prefix = "/2020-01-01/extension/";

    /// <param name="route">The path after <see cref="Prefix"/>.</param>
    public static Task HandleAsync(HttpContext http, string route)
    {
        var caller = http.Features.Get<Caller>()!;
        if (!caller.Environment.ExtensionsEnabled) return Replies.NotFoundAsync(http);
        return (http.Request.Method, route) switch
        {
            ("POST", "register") => ExtensionRegistration.HandleAsync(http, caller),
            ("GET", "event/next") => NextAsync(http, caller),
            ("POST", "init/error") => FailAsync(http, caller, ExtensionFault.Init),
            ("POST", "exit/error") => FailAsync(http, caller, ExtensionFault.Exit),
            _ => Replies.NotFoundAsync(http),
        };
    }

    private static async Task NextAsync(HttpContext http, Caller caller)
    {
        var (extension, refusal) = ExtensionIdentity.Of(http, caller);
        if (extension is null)
        {
            await Replies.RefuseAsync(http, refusal!);
            return;
        }

        var poll = new Poll();
        if (caller.Environment.Post(
            at => new ExtensionNext(at, caller.Incarnation, extension.Name, poll)) is { } refused)
        {
            await Replies.RefuseAsync(http, refused);
            return;
        }

        if (await PollAnswers.WaitAsync(http, caller.Environment, poll) is { } given)
            await ExtensionEventBody.SendAsync(http, given, caller.Environment.NewIdentifier());
    }

    // The body may explain the error to people; nothing of it is used.
    private static async Task FailAsync(HttpContext http, Caller caller, ExtensionFault during)
    {
        var (extension, refusal) = ExtensionIdentity.Of(http, caller);
        var errorType = http.Request.Headers["Lambda-Extension-Function-Error-Type"].ToString();
        await RequestBody.ReadAsync(http.Request);
        if (extension is null || errorType.Length == 0)
        {
            await Replies.RefuseAsync(http, refusal ?? Refusal.MissingErrorType);
            return;
        }

        await Replies.AcknowledgeAsync(http, caller.Environment.Post(
            at => new ExtensionFailed(at, caller.Incarnation, extension.Name, during, errorType)));
    }
}
