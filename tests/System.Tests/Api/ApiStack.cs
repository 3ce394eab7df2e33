namespace Isobar.Stories.Api;

/// <summary>A stack's API, and tokens for it.</summary>
internal static class ApiStack
{
    public static ApiClient Api(this StackFixture stack) => new(stack.Stack.Api);

    /// <summary>What a client that may write sends as Authorization.</summary>
    public static string Bearer(
        this StackFixture stack, string scope = "write", string? audience = null, TimeSpan? life = null) =>
        "Bearer " + stack.Tokens.Issue(
            "story", audience ?? stack.Stack.Name, TimeProvider.System.GetUtcNow(),
            life ?? TimeSpan.FromMinutes(5), scope);
}
