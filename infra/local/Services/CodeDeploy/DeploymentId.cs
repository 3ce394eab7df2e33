using Isobar.Local.Ownership;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>Ids of deployments: <c>d-</c> and nine letters and digits, as AWS's look.</summary>
internal static class DeploymentId
{
    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int Length = 9;

    public static string New(Identifiers identifiers) => "d-" + string.Concat(
        Convert.FromHexString(identifiers.NewHex(Length)).Select(value => Characters[value % Characters.Length]));

    public static bool IsValid(string id) =>
        id.Length == Length + 2 && id.StartsWith("d-", StringComparison.Ordinal) && id[2..].All(Characters.Contains);
}
