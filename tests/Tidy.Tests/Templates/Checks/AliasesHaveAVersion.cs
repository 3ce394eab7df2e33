namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// An alias names a published version, and provisioned concurrency belongs to an alias: <c>$LATEST</c> changes with
/// every update, and can have none.
/// </summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Manage Lambda function versions", "Configuring provisioned concurrency".
/// </remarks>
internal sealed class AliasesHaveAVersion : ITemplateCheck
{
    public IEnumerable<Finding> Find(Template template) =>
        (from alias in template.Of("AWS::Lambda::Alias")
         where !IsPublished(template, alias)
         select new Finding(alias.Id, "names no published version"))
        .Concat(
            from function in template.Functions
            where function.At("ProvisionedConcurrencyConfig") is not null && function.Text("AutoPublishAlias") is null
            select new Finding(function.Id, "has provisioned concurrency without an alias"));

    private static bool IsPublished(Template template, TemplateResource alias) =>
        alias.At("FunctionVersion") is { } version
        && (Intrinsic.Text(version)?.All(char.IsAsciiDigit)
            ?? (Intrinsic.GetAtt(version)?.EndsWith(".Version", StringComparison.Ordinal) is true
                && template.Behind(version)?.Type == "AWS::Lambda::Version"));
}
