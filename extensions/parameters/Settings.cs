using System.Globalization;
using Isobar.Parameters.Caching;

namespace Isobar.Parameters;

/// <summary>
/// The extension's settings, from environment variables. Those that AWS's extension has are read as AWS documents them;
/// a value that is not valid is told and replaced by the default.
/// </summary>
/// <param name="Port">On the loopback address, 1 to 65535.</param>
/// <param name="MaxConnections">To each of the two services.</param>
/// <param name="ParametersTimeout">Of one request to Parameter Store; zero for none of its own.</param>
/// <param name="SecretsTimeout">Of one request to Secrets Manager; likewise.</param>
/// <param name="Prefetched">What is fetched during the init phase, at most 50.</param>
/// <param name="InitMustSucceed">Whether the function fails when one of these can't be fetched.</param>
/// <param name="Warnings">What was wrong with the variables.</param>
/// <remarks>
/// Source: AWS Systems Manager User Guide, "Using Parameter Store parameters in AWS Lambda functions", the table of
/// environment variables; PARAMETERS_PREFETCH, SECRETS_PREFETCH, PARAMETERS_STALE_SECONDS and
/// PARAMETERS_INIT_MUST_SUCCEED are of this extension.
/// </remarks>
internal sealed record Settings(
    int Port, int MaxConnections, TimeSpan ParametersTimeout, TimeSpan SecretsTimeout, CacheSettings Cache,
    LogLevel LogLevel, IReadOnlyList<Wanted> Prefetched, bool InitMustSucceed, IReadOnlyList<string> Warnings)
{
    public const int MaxPrefetched = 50;

    private const int MaxTtlSeconds = 300;

    // A day: what is older than that should fail rather than work.
    private const int MaxStaleSeconds = 86_400;

    public static Settings Read(Func<string, string?> variable)
    {
        var warnings = new List<string>();
        var isCached = Word("PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED", "TRUE", "FALSE") == "TRUE";
        var cache = new CacheSettings(
            TimeSpan.FromSeconds(Number("SSM_PARAMETER_STORE_TTL", 300, 0, MaxTtlSeconds)),
            TimeSpan.FromSeconds(Number("SECRETS_MANAGER_TTL", 300, 0, MaxTtlSeconds)),
            isCached ? Number("PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE", 1_000, 0, 1_000) : 0,
            TimeSpan.FromSeconds(Number("PARAMETERS_STALE_SECONDS", 3_600, 0, MaxStaleSeconds)));
        var prefetched = Names("PARAMETERS_PREFETCH").Select(ParameterNamed)
            .Concat(Names("SECRETS_PREFETCH").Select(id => new Wanted(Store.Secrets, id, null, null, null))).ToArray();
        if (prefetched.Length > MaxPrefetched)
            warnings.Add($"only the first {MaxPrefetched} of {prefetched.Length} names are fetched during init");
        return new Settings(
            Number("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", 2_773, 1, 65_535),
            Number("PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS", 3, 1, int.MaxValue),
            TimeSpan.FromMilliseconds(Number("SSM_PARAMETER_STORE_TIMEOUT_MILLIS", 0, 0, int.MaxValue)),
            TimeSpan.FromMilliseconds(Number("SECRETS_MANAGER_TIMEOUT_MILLIS", 0, 0, int.MaxValue)),
            cache,
            Enum.Parse<LogLevel>(
                Word("PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL", "INFO", "DEBUG", "WARN", "ERROR", "NONE"), true),
            [.. prefetched.Take(MaxPrefetched)],
            Word("PARAMETERS_INIT_MUST_SUCCEED", "FALSE", "TRUE") == "TRUE",
            warnings);

        int Number(string name, int otherwise, int least, int most)
        {
            if (variable(name) is not { Length: > 0 } text) return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most)
                return number;
            warnings.Add($"{name} should be a whole number from {least} to {most}; {otherwise} is taken");
            return otherwise;
        }

        // The first word is the default.
        string Word(string name, params string[] words)
        {
            if (variable(name) is not { Length: > 0 } text) return words[0];
            if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
                return known;
            warnings.Add($"{name} should be one of {string.Join(", ", words)}; {words[0]} is taken");
            return words[0];
        }

        string[] Names(string name) => (variable(name) ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // Decrypted, as a function that needs a SecureString asks for it; for others it makes no difference.
    private static Wanted ParameterNamed(string name) => new(Store.Parameters, name, null, null, Decrypt: true);
}
