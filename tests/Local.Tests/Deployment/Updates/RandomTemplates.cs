using System.Text;

namespace Isobar.Local.Tests.Deployment.Updates;

/// <summary>Templates of up to eight things that refer to each other, each time others.</summary>
internal sealed class RandomTemplates(Random random)
{
    public string Next()
    {
        var template = new StringBuilder("Resources:\n");
        var above = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            // One is always there: a template without resources is refused.
            if (i > 0 && random.Next(4) == 0) continue;
            var id = $"R{i}";
            var properties = $"P: {random.Next(3)}";
            if (random.Next(3) > 0) properties += $", Key: {random.Next(2)}";
            if (above.Count > 0 && random.Next(2) == 0)
                properties += $", Of: !GetAtt {above[random.Next(above.Count)]}.Arn";
            if (above.Count > 0 && random.Next(4) == 0)
                properties += $", List: [x, {{Deep: !Ref {above[random.Next(above.Count)]}}}]";
            template.Append($"  {id}: {{Type: Test::Thing, Properties: {{{properties}}}}}\n");
            above.Add(id);
        }

        return template.ToString();
    }
}
