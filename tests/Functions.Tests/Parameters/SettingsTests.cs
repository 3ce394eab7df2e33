extern alias parameters;
using parameters::Isobar.Parameters;
using parameters::Isobar.Parameters.Caching;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>The variables that AWS's extension has mean the same here.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Without_variables_AWSs_defaults_hold_and_nothing_is_fetched_ahead()
    {
        var settings = Read();
        Assert.Equal(2_773, settings.Port);
        Assert.Equal(3, settings.MaxConnections);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (settings.ParametersTimeout, settings.SecretsTimeout));
        var fiveMinutes = TimeSpan.FromMinutes(5);
        Assert.Equal(new CacheSettings(fiveMinutes, fiveMinutes, 1_000, TimeSpan.FromHours(1)), settings.Cache);
        Assert.Equal(LogLevel.Info, settings.LogLevel);
        Assert.False(settings.InitMustSucceed);
        Assert.Empty(settings.Prefetched);
        Assert.Empty(settings.Warnings);
    }

    [Fact]
    public void Names_are_separated_by_commas_and_parameters_are_fetched_decrypted()
    {
        var settings = Read(("PARAMETERS_PREFETCH", "/isobar/a, /isobar/b:3"), ("SECRETS_PREFETCH", "mine"));
        Assert.Equal(
            [new Wanted(Store.Parameters, "/isobar/a", null, null, true),
             new Wanted(Store.Parameters, "/isobar/b:3", null, null, true),
             new Wanted(Store.Secrets, "mine", null, null, null)],
            settings.Prefetched);
    }

    [Theory]
    [InlineData("SSM_PARAMETER_STORE_TTL", "301")]
    [InlineData("SECRETS_MANAGER_TTL", "-1")]
    [InlineData("PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE", "1001")]
    [InlineData("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", "0")]
    [InlineData("PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS", "0")]
    [InlineData("PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL", "LOUD")]
    [InlineData("PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED", "maybe")]
    [InlineData("PARAMETERS_STALE_SECONDS", "86401")]
    public void A_value_that_is_not_valid_is_told_and_replaced_by_the_default(string name, string value)
    {
        var settings = Read((name, value));
        Assert.StartsWith(name, Assert.Single(settings.Warnings));
        Assert.Equal(Read().Cache, settings.Cache);
        Assert.Equal((2_773, 3, LogLevel.Info), (settings.Port, settings.MaxConnections, settings.LogLevel));
    }

    [Fact]
    public void A_cache_that_is_switched_off_has_no_places()
    {
        var settings = Read(("PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED", "false"));
        Assert.Equal(TimeSpan.Zero, settings.Cache.TtlOf(Store.Parameters));
    }

    [Fact]
    public void No_more_than_50_values_are_fetched_ahead_and_that_is_told()
    {
        var settings = Read(("PARAMETERS_PREFETCH", string.Join(',', Enumerable.Range(0, 51))));
        Assert.Equal(50, settings.Prefetched.Count);
        Assert.Contains("50 of 51", Assert.Single(settings.Warnings));
    }

    private static Settings Read(params (string Name, string Value)[] variables) => Settings.Read(
        name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
