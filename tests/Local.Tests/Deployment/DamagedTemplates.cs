using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

public sealed class DamagedTemplates
{
    private const int Runs = 1_500;

    [Fact]
    public async Task A_damaged_template_deploys_or_is_refused_with_places_and_never_fails_otherwise()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var lines = RepositoryFile.Read("tests/golden/sam/events-and-policies.template.yaml").Split('\n');
        var refused = 0;
        for (var run = 0; run < Runs; run++)
        {
            var text = Damage(lines, random);
            try
            {
                await Deploy.Template(text, new RecordingProvider(
                    "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping", "AWS::S3::Bucket", "AWS::SQS::Queue",
                    "AWS::SNS::Topic", "AWS::DynamoDB::Table"));
            }
            catch (DeploymentException exception)
            {
                refused++;
                Assert.All(exception.Errors, error => Assert.InRange(error.Location.Line, 1, lines.Length + 4));
                // A refusal in the name of the provider would be a crash of ours in disguise.
                Assert.Null(exception.Errors.FirstOrDefault(error => error.Message.Contains(" was refused: ")));
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}, run {run}: {exception}\n{text}");
            }
        }

        Assert.InRange(refused, Runs / 10, Runs);
    }

    private static string Damage(string[] original, Random random)
    {
        var lines = original.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(lines.Count);
            var line = lines[at];
            var column = random.Next(line.Length + 1);
            switch (random.Next(6))
            {
                case 0: lines.RemoveAt(at); break;
                case 1: lines.Insert(at, lines[random.Next(lines.Count)]); break;
                case 2: lines[at] = line[..column]; break;
                case 3: lines[at] = line.Insert(column, "{}[]:!'\"-& *\t"[random.Next(12)].ToString()); break;
                case 4: lines[at] = " " + line; break;
                default: lines[at] = line.Length > 0 ? line.Remove(Math.Min(column, line.Length - 1), 1) : "x"; break;
            }
        }

        return string.Join('\n', lines);
    }
}
