extern alias parameters;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Authorize;
using Isobar.Functions.Tests.Parameters;
using parameters::Isobar.Parameters;
using parameters::Isobar.Parameters.Caching;
using parameters::Isobar.Parameters.Serving;

namespace Isobar.Functions.Tests.Authorize;

/// <summary>The authorizer's keys, by the HTTP interface of this project's extension.</summary>
public sealed class ParameterKeysTests : IDisposable
{
    private const string SessionToken = "IQoJb3JpZ2luX2VjEXAMPLE==";
    private const string Parameter = "/isobar/token-keys";

    private readonly CacheOnATestClock test = new();
    private readonly Listener listener;
    private readonly HttpClient client;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ParameterKeysTests()
    {
        var log = new Log(LogLevel.Debug, test.Said.Add);
        listener = new Listener(new LocalApi(test.Cache, SessionToken, log).AnswerAsync, test.Clock);
        client = ParameterKeys.Client($"{listener.Start(0)}");
        Publish(Tokens.Set(Tokens.PublicKey(key)));
    }

    public void Dispose()
    {
        client.Dispose();
        listener.Dispose();
        key.Dispose();
    }

    [Fact]
    public async Task The_extension_is_asked_at_each_invocation_and_the_keys_are_read_once_while_they_are_the_same()
    {
        var source = Source();
        var first = await source.GetAsync();
        Assert.Same(first, await source.GetAsync());
        test.Clock.Advance(CacheOnATestClock.Ttl);
        Assert.Same(first, await source.GetAsync());
        Assert.Equal([Parameter, Parameter], test.Source.Asked.Select(wanted => wanted.Name));
    }

    [Fact]
    public async Task A_key_that_was_retired_verifies_nothing_when_the_time_to_live_is_over()
    {
        var source = Source();
        Assert.True(IsKnown(await source.GetAsync()));
        Publish(Tokens.Set());
        Assert.True(IsKnown(await source.GetAsync()));
        test.Clock.Advance(CacheOnATestClock.Ttl);
        Assert.False(IsKnown(await source.GetAsync()));
    }

    [Fact]
    public async Task While_Parameter_Store_is_away_the_keys_of_before_verify_for_a_bounded_time()
    {
        var source = Source();
        await source.GetAsync();
        test.Source.GoAway();
        test.Clock.Advance(CacheOnATestClock.Ttl + CacheOnATestClock.StaleFor - TimeSpan.FromSeconds(1));
        Assert.True(IsKnown(await source.GetAsync()));
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertUnavailableAsync(source, "The parameters extension answered 500.");
    }

    [Fact]
    public async Task A_value_that_is_no_key_set_takes_the_place_of_the_keys_and_its_text_is_not_told()
    {
        var source = Source();
        await source.GetAsync();
        Publish("sesame");
        test.Clock.Advance(CacheOnATestClock.Ttl);
        await AssertUnavailableAsync(source, "public keys of tokens are not a JSON Web Key Set");
        Publish(Tokens.Set(Tokens.PublicKey(key)));
        test.Clock.Advance(CacheOnATestClock.Ttl);
        Assert.True(IsKnown(await source.GetAsync()));
    }

    [Fact]
    public async Task Without_the_functions_session_token_there_are_no_keys() => await AssertUnavailableAsync(
        new ParameterKeys(client, Parameter, "another"), "The parameters extension answered 403.");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Parameter":{}}""")]
    [InlineData("""{"Parameter":{"Value":null}}""")]
    public async Task An_answer_that_cant_be_read_is_no_key_set(string answer)
    {
        test.Source.Answer = (_, _) => Task.FromResult(ScriptedSource.Value(answer));
        await AssertUnavailableAsync(Source(), "The parameters extension's answer can't be read.");
    }

    [Fact]
    public async Task Without_an_extension_every_token_is_refused_as_a_failure_of_the_service()
    {
        listener.Dispose();
        var function = new Function(Source(), new TokenVerifier(Tokens.Issuer, Tokens.Audience), TimeProvider.System);
        var failure = await Assert.ThrowsAsync<KeysUnavailableException>(() => function.Authorize(
            new() { AuthorizationToken = "Bearer x", MethodArn = "arn:a/v1/POST/imports" }, new Invocation()));
        Assert.NotEqual("Unauthorized", failure.Message);
        Assert.Equal("The parameters extension did not answer.", failure.Message);
    }

    private ParameterKeys Source() => new(client, Parameter, SessionToken);

    private void Publish(string keys)
    {
        var answer = new JsonObject { ["Parameter"] = new JsonObject { ["Name"] = Parameter, ["Value"] = keys } };
        test.Source.Answer = (_, _) => Task.FromResult(ScriptedSource.Value(answer.ToJsonString()));
    }

    private bool IsKnown(PublicKeys keys) => keys.Verify(
        Tokens.KeyId, "data"u8, key.SignData(
            Encoding.ASCII.GetBytes("data"), HashAlgorithmName.SHA256));

    private static async Task AssertUnavailableAsync(ParameterKeys source, string says)
    {
        var failure = await Assert.ThrowsAsync<KeysUnavailableException>(async () => await source.GetAsync());
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", failure.ToString(), StringComparison.Ordinal);
    }
}
