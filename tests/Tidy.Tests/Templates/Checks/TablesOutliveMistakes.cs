namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// A table says what becomes of it when its stack is deleted, stays when it is replaced, and can be protected by a
/// parameter.
/// </summary>
internal sealed class TablesOutliveMistakes : ITemplateCheck
{
    public IEnumerable<Finding> Find(Template template)
    {
        foreach (var table in template.Of("AWS::DynamoDB::Table"))
        {
            if (table.Declaration["DeletionPolicy"] is null)
                yield return new Finding(table.Id, "has no DeletionPolicy");
            if (Intrinsic.Text(table.Declaration["UpdateReplacePolicy"]) != "Retain")
                yield return new Finding(table.Id, "is deleted when it is replaced");
            var written = table.Declaration["Properties"];
            if (Intrinsic.Ref(written?["DeletionProtectionEnabled"]) is null)
                yield return new Finding(table.Id, "cannot be protected from deletion by a parameter");
            if (Intrinsic.Ref(written?["PointInTimeRecoverySpecification"]?["PointInTimeRecoveryEnabled"]) is null)
                yield return new Finding(table.Id, "cannot be recovered to a point in time by a parameter");
        }
    }
}
