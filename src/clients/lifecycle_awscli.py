"""The life of a serverless endpoint through the AWS CLI, against the simulator that AWS_ENDPOINT_URL names."""

import json
import os
import subprocess
import sys
import tempfile

from checks import Checks, endpoint_url, watch

ACCOUNT = "111122223333"
REGION = "us-east-1"
ME = "awscli"
BUCKET = f"clients-{ME}-models"
KEY = "sentiment/1.0/model.tar.gz"
REPOSITORY = f"clients/{ME}"
HOST = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
ROLE = f"clients-{ME}-execution"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/sagemaker/{ROLE}"
ENDPOINT = f"clients-{ME}-sentiment"
ARN = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}"

endpoint_url()
checks = Checks("awscli")
folder = tempfile.TemporaryDirectory(prefix="pilotlight-clients-")
ENVIRONMENT = {
    **os.environ,
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_MAX_ATTEMPTS": "1",
    # Nothing of the user's own settings; the files need not exist.
    "AWS_CONFIG_FILE": os.path.join(folder.name, "config"),
    "AWS_SHARED_CREDENTIALS_FILE": os.path.join(folder.name, "credentials"),
}
for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION"):
    ENVIRONMENT.pop(name, None)
CLI = os.path.join(os.path.dirname(sys.executable), "aws")


class Refused(Exception):
    """The command ended with an error; the text is what it wrote to stderr."""


def aws(*arguments):
    """Runs one command; returns its output, read from JSON where it is JSON."""
    command = [CLI, "--output", "json", *arguments]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise Refused(done.stderr.strip())
    return json.loads(done.stdout) if done.stdout.strip().startswith(("{", "[")) else done.stdout.strip()


def refused(what, code, text, *arguments):
    """The command must fail with this error code and text."""
    try:
        aws(*arguments)
    except Refused as error:
        checks.contains(f"{what}: code", error, f"An error occurred ({code}) when calling the ")
        checks.contains(f"{what}: text", error, text)
        return
    checks.that(f"{what} is refused", False, "it succeeded")


def file(name, content):
    path = os.path.join(folder.name, name)
    with open(path, "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())
    return path


def trust():
    statement = {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def model(name, image="1.0", role=ROLE_ARN):
    container = json.dumps({"Image": f"{HOST}/{REPOSITORY}:{image}", "ModelDataUrl": f"s3://{BUCKET}/{KEY}"})
    return aws("sagemaker", "create-model", "--model-name", name, "--primary-container", container, "--execution-role-arn", role)


def variants(model_name, memory, concurrency):
    serverless = {"MemorySizeInMB": memory, "MaxConcurrency": concurrency}
    return json.dumps([{"VariantName": "AllTraffic", "ModelName": model_name, "ServerlessConfig": serverless}])


def endpoint_config(name, memory=2048, concurrency=5):
    return aws("sagemaker", "create-endpoint-config", "--endpoint-config-name", name, "--production-variants", variants(f"{ENDPOINT}-1", memory, concurrency))


def describe():
    return aws("sagemaker", "describe-endpoint", "--endpoint-name", ENDPOINT)


def status():
    try:
        return describe()["EndpointStatus"]
    except Refused as error:
        if f'Could not find endpoint "{ARN}:endpoint/{ENDPOINT}"' in str(error):
            return "gone"
        raise


def invoke(body):
    out = os.path.join(folder.name, "answer")
    shown = aws("sagemaker-runtime", "invoke-endpoint", "--endpoint-name", ENDPOINT, "--content-type", "application/json", "--body", body, out)
    with open(out, encoding="utf-8") as answer:
        return shown, json.load(answer)


def prerequisites():
    with checks.block("who am I"):
        checks.equal("account", aws("sts", "get-caller-identity")["Account"], ACCOUNT)

    with checks.block("model data in S3"):
        archive = file("model.tar.gz", b"\x1f\x8b" + b"archive" * 100)
        aws("s3", "mb", f"s3://{BUCKET}")
        aws("s3", "cp", archive, f"s3://{BUCKET}/{KEY}")
        head = aws("s3api", "head-object", "--bucket", BUCKET, "--key", KEY)
        checks.equal("size", head["ContentLength"], os.path.getsize(archive))
        part = os.path.join(folder.name, "part")
        got = aws("s3api", "get-object", "--bucket", BUCKET, "--key", KEY, "--range", "bytes=0-1", part)
        checks.equal("first bytes", open(part, "rb").read(), b"\x1f\x8b")
        checks.contains("Content-Range", got["ContentRange"], "bytes 0-1/")
        checks.contains("listing", aws("s3", "ls", f"s3://{BUCKET}", "--recursive"), KEY)
        large = file("large.tar.gz", b"\x1f\x8b" + bytes(9_000_000))
        aws("s3", "cp", "--no-progress", large, f"s3://{BUCKET}/large.tar.gz")
        head = aws("s3api", "head-object", "--bucket", BUCKET, "--key", "large.tar.gz")
        checks.equal("size of what came in parts", head["ContentLength"], os.path.getsize(large))
        checks.contains("its entity tag", head["ETag"], "-2")
        refused("a missing object", "404", "Not Found", "s3api", "head-object", "--bucket", BUCKET, "--key", "gone")
        refused("a missing bucket", "NoSuchBucket", "The specified bucket does not exist", "s3", "ls", f"s3://{BUCKET}-no")

    with checks.block("image in ECR"):
        manifest = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": {"size": 1}, "layers": [{"size": 899}]})
        aws("ecr", "create-repository", "--repository-name", REPOSITORY)
        put = aws("ecr", "put-image", "--repository-name", REPOSITORY, "--image-tag", "1.0", "--image-manifest", manifest)
        detail = aws("ecr", "describe-images", "--repository-name", REPOSITORY, "--image-ids", "imageTag=1.0")["imageDetails"][0]
        checks.equal("digest", detail["imageDigest"], put["image"]["imageId"]["imageDigest"])
        checks.equal("compressed size", detail["imageSizeInBytes"], 900)
        refused("a missing image", "ImageNotFoundException", "imageTag:'9'", "ecr", "describe-images", "--repository-name", REPOSITORY, "--image-ids", "imageTag=9")

    with checks.block("role in IAM"):
        made = aws("iam", "create-role", "--role-name", ROLE, "--path", "/sagemaker/", "--assume-role-policy-document", trust())
        checks.equal("role ARN", made["Role"]["Arn"], ROLE_ARN)
        read = aws("iam", "get-role", "--role-name", ROLE)["Role"]
        checks.equal("trust policy", read["AssumeRolePolicyDocument"], json.loads(trust()))
        refused("a missing role", "NoSuchEntity", "The role with name clients-none cannot be found.", "iam", "get-role", "--role-name", "clients-none")

    with checks.block("service quotas"):
        listed = aws("service-quotas", "list-service-quotas", "--service-code", "sagemaker")["Quotas"]
        checks.equal("quotas listed", [q["QuotaCode"] for q in listed], ["L-96300102", "L-99AD19BF"])


def life():
    with checks.block("model and configuration"):
        checks.equal("model ARN", model(f"{ENDPOINT}-1")["ModelArn"], f"{ARN}:model/{ENDPOINT}-1")
        try:
            model("clients-x", role=f"arn:aws:iam::{ACCOUNT}:role/none")
            checks.that("a role that does not exist is refused", False)
        except Refused as error:
            checks.contains("a role that does not exist", error, f"(ValidationException) when calling the CreateModel operation: Could not assume role arn:aws:iam::{ACCOUNT}:role/none.")
        checks.equal("config ARN", endpoint_config(f"{ENDPOINT}-1")["EndpointConfigArn"], f"{ARN}:endpoint-config/{ENDPOINT}-1")
        endpoint_config(f"{ENDPOINT}-2", memory=3072)
        refused("1500 MB", "ValidationException", "1500", "sagemaker", "create-endpoint-config", "--endpoint-config-name", "clients-x",
                "--production-variants", variants(f"{ENDPOINT}-1", 1500, 5))
        refused("a missing config", "ValidationException", f'Could not find endpoint configuration "{ARN}:endpoint-config/clients-none".',
                "sagemaker", "describe-endpoint-config", "--endpoint-config-name", "clients-none")

    with checks.block("create, until InService"):
        create = ("sagemaker", "create-endpoint", "--endpoint-name", ENDPOINT, "--endpoint-config-name", f"{ENDPOINT}-1")
        aws(*create, "--tags", "Key=team,Value=ml")
        checks.equal("status at once", status(), "Creating")
        refused("the same endpoint again", "ValidationException", f'Cannot create already existing endpoint "{ARN}:endpoint/{ENDPOINT}".', *create)
        checks.equal("status in the end", watch(status, "InService", {"Creating"})[-1], "InService")
        # Polls every 30 s, so it is asked when it has nothing to wait for.
        aws("sagemaker", "wait", "endpoint-in-service", "--endpoint-name", ENDPOINT)
        variant = describe()["ProductionVariants"][0]
        checks.equal("serverless in force", variant["CurrentServerlessConfig"], {"MemorySizeInMB": 2048, "MaxConcurrency": 5})
        checks.contains("image by digest", variant["DeployedImages"][0]["ResolvedImage"], f"{HOST}/{REPOSITORY}@sha256:")

    with checks.block("invoke"):
        shown, answer = invoke('{"text": "what a great day"}')
        checks.equal("label", answer["label"], "POSITIVE")
        checks.equal("variant", shown["InvokedProductionVariant"], "AllTraffic")
        refused("a body the model does not take", "ModelError", "Received client error (400) from primary", "sagemaker-runtime", "invoke-endpoint",
                "--endpoint-name", ENDPOINT, "--content-type", "application/json", "--body", "{", os.path.join(folder.name, "no"))
        refused("an endpoint that does not exist", "ValidationError", f"Endpoint clients-none of account {ACCOUNT} not found.", "sagemaker-runtime", "invoke-endpoint",
                "--endpoint-name", "clients-none", "--body", "{}", os.path.join(folder.name, "no"))

    with checks.block("changes"):
        aws("sagemaker", "update-endpoint", "--endpoint-name", ENDPOINT, "--endpoint-config-name", f"{ENDPOINT}-2")
        checks.equal("statuses of an update", watch(status, "InService", {"Updating"}), ["Updating", "InService"])
        desired = json.dumps([{"VariantName": "AllTraffic", "ServerlessUpdateConfig": {"MaxConcurrency": 7}}])
        aws("sagemaker", "update-endpoint-weights-and-capacities", "--endpoint-name", ENDPOINT, "--desired-weights-and-capacities", desired)
        checks.equal("statuses of scaling", watch(status, "InService", {"Updating"}), ["Updating", "InService"])
        checks.equal("serverless in force", describe()["ProductionVariants"][0]["CurrentServerlessConfig"], {"MemorySizeInMB": 3072, "MaxConcurrency": 7})

    with checks.block("scaling, metrics, prices"):
        desired = json.dumps([{"VariantName": "AllTraffic", "ServerlessUpdateConfig": {"ProvisionedConcurrency": 1}}])
        aws("sagemaker", "update-endpoint-weights-and-capacities", "--endpoint-name", ENDPOINT, "--desired-weights-and-capacities", desired)
        watch(status, "InService", {"Updating"})
        target = ("--service-namespace", "sagemaker", "--resource-id", f"endpoint/{ENDPOINT}/variant/AllTraffic", "--scalable-dimension", "sagemaker:variant:DesiredProvisionedConcurrency")
        aws("application-autoscaling", "register-scalable-target", *target, "--min-capacity", "2", "--max-capacity", "4")
        watch(status, "InService", {"Updating"})
        checks.equal("provisioned in force", describe()["ProductionVariants"][0]["CurrentServerlessConfig"]["ProvisionedConcurrency"], 2)
        aws("application-autoscaling", "put-scheduled-action", *target, "--scheduled-action-name", "open", "--schedule", "rate(1 day)", "--scalable-target-action", "MinCapacity=3")
        listed = aws("application-autoscaling", "describe-scheduled-actions", "--service-namespace", "sagemaker")["ScheduledActions"]
        checks.equal("scheduled actions", [a["ScheduledActionName"] for a in listed if ENDPOINT in a["ResourceId"]], ["open"])
        aws("application-autoscaling", "deregister-scalable-target", *target)
        refused("deregister again", "ObjectNotFoundException", "No scalable target registered", "application-autoscaling", "deregister-scalable-target", *target)
        metrics = aws("cloudwatch", "list-metrics", "--namespace", "AWS/SageMaker", "--metric-name", "Invocations", "--dimensions", f"Name=EndpointName,Value={ENDPOINT}")["Metrics"]
        checks.equal("metrics listed", len(metrics), 1)
        query = json.dumps([{"Id": "calls", "MetricStat": {"Metric": metrics[0], "Period": 3600, "Stat": "Sum"}}])
        data = aws("cloudwatch", "get-metric-data", "--metric-data-queries", query, "--start-time", "2020-01-01T00:00:00Z", "--end-time", "2100-01-01T00:00:00Z")
        checks.equal("series", data["MetricDataResults"][0]["StatusCode"], "Complete")
        rows = aws("pricing", "get-products", "--service-code", "AmazonSageMaker", "--filters", "Type=TERM_MATCH,Field=usagetype,Value=USE1-ServerlessInf:Mem-2GB", "--region", REGION)["PriceList"]
        checks.equal("rows of the price list", len(rows), 1)

    with checks.block("tags and lists"):
        arn = f"{ARN}:endpoint/{ENDPOINT}"
        aws("sagemaker", "add-tags", "--resource-arn", arn, "--tags", "Key=stage,Value=test")
        aws("sagemaker", "delete-tags", "--resource-arn", arn, "--tag-keys", "team")
        checks.equal("tags", aws("sagemaker", "list-tags", "--resource-arn", arn)["Tags"], [{"Key": "stage", "Value": "test"}])
        for i in range(3):
            endpoint_config(f"clients-{ME}-page-{i}")
        ask = ("sagemaker", "list-endpoint-configs", "--name-contains", f"clients-{ME}-page", "--sort-by", "Name", "--sort-order", "Ascending")
        names = [f"clients-{ME}-page-{i}" for i in range(3)]
        checks.equal("all pages", [c["EndpointConfigName"] for c in aws(*ask, "--page-size", "2")["EndpointConfigs"]], names)
        first = aws(*ask, "--max-items", "2")
        checks.equal("first two", [c["EndpointConfigName"] for c in first["EndpointConfigs"]], names[:2])
        rest = aws(*ask, "--starting-token", first["NextToken"])
        checks.equal("the rest", [c["EndpointConfigName"] for c in rest["EndpointConfigs"]], names[2:])
        for name in names:
            aws("sagemaker", "delete-endpoint-config", "--endpoint-config-name", name)
        live = aws("sagemaker", "list-endpoints", "--status-equals", "InService", "--name-contains", ENDPOINT)["Endpoints"]
        checks.equal("endpoints in service", [e["EndpointName"] for e in live], [ENDPOINT])


def leaving():
    with checks.block("delete, until nothing is left"):
        aws("sagemaker", "delete-endpoint", "--endpoint-name", ENDPOINT)
        seen = watch(status, "gone", {"Deleting"})
        checks.equal("gone in the end", seen[-1], "gone")
        aws("sagemaker", "wait", "endpoint-deleted", "--endpoint-name", ENDPOINT)
        refused("delete again", "ValidationException", f'Could not find endpoint "{ARN}:endpoint/{ENDPOINT}".', "sagemaker", "delete-endpoint", "--endpoint-name", ENDPOINT)
        for i in (1, 2):
            aws("sagemaker", "delete-endpoint-config", "--endpoint-config-name", f"{ENDPOINT}-{i}")
        aws("sagemaker", "delete-model", "--model-name", f"{ENDPOINT}-1")
        for command, key in (("list-endpoints", "Endpoints"), ("list-endpoint-configs", "EndpointConfigs"), ("list-models", "Models")):
            checks.equal(f"{command} in the end", aws("sagemaker", command, "--name-contains", f"clients-{ME}")[key], [])
        aws("ecr", "delete-repository", "--repository-name", REPOSITORY, "--force")
        aws("s3", "rb", f"s3://{BUCKET}", "--force")
        aws("iam", "delete-role", "--role-name", ROLE)
        refused("the bucket", "NoSuchBucket", "does not exist", "s3", "ls", f"s3://{BUCKET}")


prerequisites()
life()
leaving()
folder.cleanup()
checks.end()
