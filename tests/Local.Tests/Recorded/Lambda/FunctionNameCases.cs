using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>How functions can be named, and what is answered to names that are wrong.</summary>
internal static class FunctionNameCases
{
    private const string About = "function names";

    private const string Pattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?"
        + @"(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

    private const string Nowhere = "arn:aws:lambda:invalid-region:000000000000:function:f";

    private const string WrongQualifier = @"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        Wrong("An asterisk", "*"),
        Wrong("An exclamation mark", "my-function!"),
        Wrong("A partial ARN whose account is no number", "invalid-account:function:my-function"),
        Wrong("An ARN of a Region that can't be", "arn:aws:lambda:invalid-region:000000000000:function:my-function"),
        Wrong("An ARN of another service", "arn:aws:ec2:us-east-1:000000000000:instance:i-1234567890abcdef0"),
        Wrong("An ARN with two qualifiers", "arn:aws:lambda:us-east-1:000000000000:function:my-function:1:2"),
        Wrong("An ARN without a Region", "arn:aws:lambda::000000000000:function:my-function"),
        Wrong("An ARN without an account", "arn:aws:lambda:us-east-1::function:my-function"),
        Wrong("A misspelled $LATEST", "arn:aws:lambda:us-east-1:000000000000:function:my-function:$LATES"),
        new(About, "A qualifier with an exclamation mark breaks the qualifier's pattern",
            world => ValidatesAsync(world, "my-function", "invalid!",
                $"Value 'invalid!' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression "
                + $"pattern: {WrongQualifier}")),
        new(About, "A qualifier of 129 characters is too long", world => ValidatesAsync(
            world, "my-function", new string('a', 129), LongQualifier)),
        new(About, "A long qualifier and a wrong name are two errors at once, the qualifier's before the name's",
            world => ValidatesAsync(world, Nowhere, new string('a', 129), LongQualifier, Unmatched(Nowhere))),
        new(About, "A name of 65 characters is well-formed, and not found", world => NotFoundAsync(
            world, new string('a', 65), null, new string('a', 65))),
        new(About, "The word function alone is a name, and not found", world => NotFoundAsync(
            world, "function", null, "function")),
        new(About, "$latest in lower case is a qualifier like any other", world => NotFoundAsync(
            world, "my-function", "$latest", "my-function:$latest")),
        new(About, "A qualifier beside a name that has another one is refused", async world =>
        {
            foreach (var path in Paths("echo:$LATEST", "1"))
                Answers.AssertError(await path(world), 400, "InvalidParameterValueException",
                    "The derived qualifier from the function name does not match the specified qualifier.", "message");
        }),
        new(About, "A function of another Region is not reachable, whatever is asked of it", async world =>
        {
            const string elsewhere = "arn:aws:lambda:eu-west-1:000000000000:function:echo";
            string[] paths =
            [
                $"/2015-03-31/functions/{elsewhere}", $"/2015-03-31/functions/{elsewhere}/configuration",
                $"/2019-09-25/functions/{elsewhere}/event-invoke-config",
                $"/2019-09-30/functions/{elsewhere}/concurrency",
            ];
            LambdaAnswer[] answers =
            [
                .. await Task.WhenAll(paths.Select(world.GetAsync)),
                await world.Lambda.InvokeAsync(elsewhere, "{}"),
            ];
            foreach (var answer in answers)
                Answers.AssertError(answer, 404, "ResourceNotFoundException",
                    "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')", "Message");
        }),
    ];

    private static string LongQualifier => $"Value '{new string('a', 129)}' at 'qualifier' failed to satisfy "
        + "constraint: Member must have length less than or equal to 128";

    public static string Unmatched(string name) => $"Value '{name}' at 'functionName' failed to satisfy constraint: "
        + $"Member must satisfy regular expression pattern: {Pattern}";

    private static LambdaCase Wrong(string what, string name) => new(
        About, $"{what} breaks the name's pattern", world => ValidatesAsync(world, name, null, Unmatched(name)));

    // GetFunction and Invoke were recorded alike.
    private static Func<RecordedWorld, Task<LambdaAnswer>>[] Paths(string name, string? qualifier)
    {
        var query = qualifier is null ? "" : $"?Qualifier={Uri.EscapeDataString(qualifier)}";
        var escaped = Uri.EscapeDataString(name);
        return
        [
            world => world.GetAsync(RecordedWorld.Functions + escaped + query),
            world => world.SendAsync(HttpMethod.Post, $"{RecordedWorld.Functions}{escaped}/invocations{query}", "{}"),
        ];
    }

    private static async Task ValidatesAsync(
        RecordedWorld world, string name, string? qualifier, params string[] errors)
    {
        foreach (var path in Paths(name, qualifier))
            Answers.AssertError(await path(world), 400, "ValidationException",
                $"{errors.Length} validation error{(errors.Length == 1 ? "" : "s")} detected: "
                + string.Join("; ", errors));
    }

    private static async Task NotFoundAsync(RecordedWorld world, string name, string? qualifier, string resource)
    {
        var paths = Paths(name, qualifier);
        const string prefix = "Function not found: arn:aws:lambda:us-east-1:000000000000:function:";
        Answers.AssertError(
            await paths[0](world), 404, "ResourceNotFoundException", prefix + resource, "Message");
        Answers.AssertError(await paths[1](world), 404, "ResourceNotFoundException",
            prefix + resource + (qualifier is null ? ":$LATEST" : ""), "Message");
    }
}
