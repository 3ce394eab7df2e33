namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// Every log group has a retention, and every function writes to a log group of the template: one that Lambda makes by
/// itself keeps its lines for ever.
/// </summary>
internal sealed class LogsExpire : ITemplateCheck
{
    private const string LogGroup = "AWS::Logs::LogGroup";

    public IEnumerable<Finding> Find(Template template) =>
        (from log in template.Of(LogGroup)
         where log.At("RetentionInDays") is null
         select new Finding(log.Id, "keeps its lines for ever"))
        .Concat(
            from function in template.Functions
            // At the edge the groups are in the viewers' regions, where no template reaches.
            where !EdgeFunctions.In(template).Contains(function)
            where template.Behind(function.At("LoggingConfig", "LogGroup"))?.Type != LogGroup
            select new Finding(function.Id, "writes to no log group of the template"));
}
