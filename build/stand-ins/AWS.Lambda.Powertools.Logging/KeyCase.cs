using System;
using System.Linq;
using System.Text.Json;
using AWS.Lambda.Powertools.Common;

namespace AWS.Lambda.Powertools.Logging;

/// <summary>The case of keys: snake_case, unless POWERTOOLS_LOGGER_CASE says CamelCase or PascalCase.</summary>
internal static class KeyCase
{
    private static readonly string Choice =
        PowertoolsEnvironment.Value("POWERTOOLS_LOGGER_CASE")?.Trim().ToLowerInvariant();

    /// <summary>Lambda's own log level control expects LogLevel where keys are Pascal-cased.</summary>
    public static string LevelKey { get; } =
        Choice == "pascalcase" && PowertoolsEnvironment.Value("AWS_LAMBDA_LOG_LEVEL") is not null
            ? "LogLevel"
            : "Level";

    public static string Convert(string key) => Choice switch
    {
        "camelcase" => JsonNamingPolicy.CamelCase.ConvertName(key),
        "pascalcase" => string.Concat(
            key.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..])),
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(key),
    };
}
