namespace Isobar.Local.Deployment.Expressions;

/// <summary>The names in <c>AWS::</c> that every template can use.</summary>
internal static class PseudoParameters
{
    public const string NoValue = "AWS::NoValue";

    public const string Supported = "AWS::AccountId, AWS::NoValue, AWS::Partition, AWS::Region, AWS::StackId, "
        + "AWS::StackName, AWS::URLSuffix";

    public static bool Has(string name) => name is NoValue or "AWS::AccountId" or "AWS::Partition" or "AWS::Region"
        or "AWS::StackId" or "AWS::StackName" or "AWS::URLSuffix";

    /// <returns>Null when <paramref name="name"/> is none, or is <see cref="NoValue"/>.</returns>
    public static string? Value(StackIdentity stack, string name) => name switch
    {
        "AWS::AccountId" => stack.AccountId,
        "AWS::Partition" => stack.Partition,
        "AWS::Region" => stack.Region,
        "AWS::StackId" => stack.StackId,
        "AWS::StackName" => stack.StackName,
        "AWS::URLSuffix" => stack.UrlSuffix,
        _ => null,
    };
}
