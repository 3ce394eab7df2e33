using System.Text.RegularExpressions;

namespace Isobar.Local.Services.Ssm;

/// <summary>The names of parameters.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, PutParameter, Name; texts as AWS answers.</remarks>
internal static partial class ParameterName
{
    private const string Form = "If formed as a path, it can consist of sub-paths divided by slash symbol; each "
        + "sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_";

    /// <summary>Checks the name of a parameter that is written.</summary>
    /// <exception cref="Wire.AwsException">ValidationException; AccessDeniedException: a path below /aws;
    /// HierarchyLevelLimitExceededException.</exception>
    public static void Check(string name, string region, string accountId)
    {
        if (name.Contains('/') && !name.StartsWith('/'))
            throw SsmErrors.Validation("Parameter name must be a fully qualified name");
        CheckPrefix(name);
        if (!Allowed().IsMatch(name)) throw SsmErrors.Validation($"Invalid parameter name. {Form}");
        if (name.Count(character => character == '/') > SsmLimits.MaxLevels) throw SsmErrors.TooManyLevels();
        if (ArnOf(name, "aws", region, accountId).Length > SsmLimits.MaxQualifiedNameCharacters)
            throw SsmErrors.Validation(
                $"Parameter name with its ARN must be at most {SsmLimits.MaxQualifiedNameCharacters} characters long.");
    }

    /// <summary>A name that is a path begins with the slash that the ARN has there anyway.</summary>
    public static string ArnOf(string name, string partition, string region, string accountId) =>
        new Arn(partition, "ssm", region, accountId, $"parameter{(name.StartsWith('/') ? "" : "/")}{name}").ToString();

    private static void CheckPrefix(string name)
    {
        var first = name.TrimStart('/');
        var isPath = name.Count(character => character == '/') > 1;
        if (isPath && first.StartsWith("aws", StringComparison.OrdinalIgnoreCase))
            throw SsmErrors.ReservedName(name);
        if (!first.StartsWith("aws", StringComparison.OrdinalIgnoreCase)
            && !first.StartsWith("ssm", StringComparison.OrdinalIgnoreCase)) return;
        throw SsmErrors.Validation(isPath
            ? $"Parameter name: can't be prefixed with \"ssm\" (case-insensitive). {Form}"
            : "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
    }

    [GeneratedRegex(@"^/?[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Allowed();
}
