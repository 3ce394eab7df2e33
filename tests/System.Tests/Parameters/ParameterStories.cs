using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Parameters;

/// <summary>
/// Parameters in an extension: fetched before the first invocation, cached, and there while Parameter Store is not.
/// </summary>
public sealed class ParameterStories(ParametersFixture stack) : IClassFixture<ParametersFixture>
{
    [Fact]
    [Claim("X19")]
    [Claim("X20")]
    public async Task A_thousand_invocations_in_one_environment_make_one_fetch_and_another_environment_makes_its_own()
    {
        var kept = stack.Stack.Stack.NameOf("Kept");
        await stack.AskAsync("Fetching", "{}");
        Assert.Equal(1, stack.FetchesOf("Fetching", kept));
        for (var call = 0; call < 1_000; call++)
            Assert.Equal(new Given(200, "first", null), await stack.GetAsync("Fetching", kept));

        // On a slow machine, a call that comes before the extension is ready again starts a second environment.
        await stack.Stack.QuietAsync();
        var environments = stack.FactsOf<EnvironmentStarted>("Fetching").Count;
        Assert.InRange(environments, 1, 5);
        Assert.Equal(environments, stack.FetchesOf("Fetching", kept));

        // A change is not seen before the time to live of five minutes is over, and at once in another environment.
        await stack.PutAsync(kept, "second");
        Assert.Equal("first", (await stack.GetAsync("Fetching", kept)).Value);
        await stack.RetireAsync("Fetching");
        Assert.Equal("second", (await stack.GetAsync("Fetching", kept)).Value);
        Assert.Equal(environments + 1, stack.FetchesOf("Fetching", kept));
    }

    [Fact]
    public async Task A_changed_parameter_is_seen_when_its_time_to_live_is_over()
    {
        var brief = stack.Stack.Stack.NameOf("Brief");
        Assert.Equal("first", (await stack.GetAsync("Following", brief)).Value);
        await stack.PutAsync(brief, "second");
        await Expiry.UntilAsync(
            async () => await stack.GetAsync("Following", brief) is { Value: "second", Stale: null });
    }

    [Fact]
    public async Task While_Parameter_Store_is_away_every_call_is_answered_and_the_staleness_is_told()
    {
        var spare = stack.Stack.Stack.NameOf("Spare");
        Assert.Equal("first", (await stack.GetAsync("Enduring", spare)).Value);
        stack.Source.IsAway = true;
        try
        {
            await Expiry.UntilAsync(async () =>
            {
                var given = await stack.GetAsync("Enduring", spare);
                Assert.Equal((200, "first"), (given.Status, given.Value));
                return given.Stale is not null;
            });
            await stack.LineAsync(line => line.Extension == "parameters"
                && line.Line.StartsWith("parameters: Parameter Store does not answer (", StringComparison.Ordinal));

            // What was never fetched can't be given.
            Assert.Equal(500, (await stack.GetAsync("Enduring", "another")).Status);
        }
        finally
        {
            stack.Source.IsAway = false;
        }

        await Expiry.UntilAsync(async () => (await stack.GetAsync("Enduring", spare)).Stale is null);
        await stack.LineAsync(line => line.Line == "parameters: Parameter Store answers again");
    }

    [Fact]
    public async Task A_function_in_another_language_reads_parameters_by_the_calls_that_AWS_documents()
    {
        if (!Machine.IsOnPath("node")) Assert.Skip("Not run here: there is no node on the PATH.");
        await stack.PutAsync("/probe/foreign", "of another language");
        var given = await stack.GetAsync("Foreign", "/probe/foreign");
        Assert.Equal(new Given(200, "of another language", null), given);
        Assert.Equal(new Given(400, null, null), await stack.GetAsync("Foreign", "absent"));
    }

    [Fact]
    public async Task A_SecureString_is_decrypted_by_AWS_and_its_value_is_in_no_line_of_the_extension()
    {
        await stack.PutAsync("/probe/secret", "open sesame", "SecureString");
        Assert.Equal(new Given(200, "open sesame", null), await stack.GetAsync("Lenient", "/probe/secret"));
        Assert.DoesNotContain(
            stack.LinesOf("Lenient", "parameters"), line => line.Contains("sesame", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_parameter_that_is_missing_at_init_fails_the_function_only_where_its_setting_says_so()
    {
        Assert.Equal(new Given(400, null, null), await stack.GetAsync("Lenient", "absent"));
        await stack.LineAsync(line => line.Extension == "parameters"
            && line.Line == "parameters: absent was not fetched: ParameterNotFound");

        Assert.Contains("Extension.InitError", await stack.AskAsync("Strict", "{}"));
    }
}
