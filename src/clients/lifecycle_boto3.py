"""The life of a serverless endpoint through boto3, against the simulator that AWS_ENDPOINT_URL names."""

import json
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

from checks import Checks, endpoint_url, watch

ACCOUNT = "111122223333"
REGION = "us-east-1"
ME = "boto3"
BUCKET = f"clients-{ME}-models"
KEY = "sentiment/1.0/model.tar.gz"
REPOSITORY = f"clients/{ME}"
HOST = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
ROLE = f"clients-{ME}-execution"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/sagemaker/{ROLE}"
ENDPOINT = f"clients-{ME}-sentiment"
ARN = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}"
MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"

endpoint_url()
checks = Checks("boto3")
session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)
# One attempt each: a retry would hide an answer.
config = Config(retries={"total_max_attempts": 1}, read_timeout=60)


def client(name, **credentials):
    return session.client(name, config=config, **credentials)


sts, iam, s3, ecr = client("sts"), client("iam"), client("s3"), client("ecr")
quotas, sagemaker, runtime = client("service-quotas"), client("sagemaker"), client("sagemaker-runtime")
scaling, cloudwatch, prices = client("application-autoscaling"), client("cloudwatch"), client("pricing")


def refused(what, call, code, text, status=400):
    """The call must fail with this code, this text in the message, this HTTP status."""
    try:
        call()
    except ClientError as error:
        answer = error.response
        checks.equal(f"{what}: code", answer["Error"]["Code"], code)
        if text is None:
            checks.that(f"{what}: message is null", answer["Error"].get("Message") in (None, ""), answer["Error"])
        else:
            checks.contains(f"{what}: text", answer["Error"].get("Message"), text)
        checks.equal(f"{what}: HTTP status", answer["ResponseMetadata"]["HTTPStatusCode"], status)
        return error
    checks.that(f"{what} is refused", False, "it succeeded")
    return None


def manifest(size):
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST_TYPE,
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 1000, "digest": "sha256:" + "0" * 64},
            "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "size": size, "digest": "sha256:" + "1" * 64}],
        }
    )


def trust(principal, **condition):
    statement = {"Effect": "Allow", "Principal": principal, "Action": ["sts:AssumeRole", "sts:TagSession"]}
    if condition:
        statement["Condition"] = condition
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def neighbours():
    with checks.block("who am I"):
        identity = sts.get_caller_identity()
        checks.equal("account", identity["Account"], ACCOUNT)

    with checks.block("model data in S3"):
        s3.create_bucket(Bucket=BUCKET)
        body = b"\x1f\x8b" + b"archive" * 100 + (700).to_bytes(4, "little")
        etag = s3.put_object(Bucket=BUCKET, Key=KEY, Body=body)["ETag"]
        head = s3.head_object(Bucket=BUCKET, Key=KEY)
        checks.equal("size", head["ContentLength"], len(body))
        checks.equal("ETag", head["ETag"], etag)
        tail = s3.get_object(Bucket=BUCKET, Key=KEY, Range="bytes=-4")
        checks.equal("unpacked size in the last four bytes", int.from_bytes(tail["Body"].read(), "little"), 700)
        checks.equal("Content-Range", tail["ContentRange"], f"bytes {len(body) - 4}-{len(body) - 1}/{len(body)}")
        for i in range(5):
            s3.put_object(Bucket=BUCKET, Key=f"pages/{i} ä+&", Body=b"x")
        pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="pages/", PaginationConfig={"PageSize": 2}))
        checks.equal("keys in pages", [o["Key"] for p in pages for o in p["Contents"]], [f"pages/{i} ä+&" for i in range(5)])
        checks.equal("number of pages", len(pages), 3)
        refused("HEAD of a missing object", lambda: s3.head_object(Bucket=BUCKET, Key="gone"), "404", "Not Found", 404)
        refused("GET of a missing object", lambda: s3.get_object(Bucket=BUCKET, Key="gone"), "NoSuchKey", "The specified key does not exist.", 404)
        refused("GET from a missing bucket", lambda: s3.get_object(Bucket=BUCKET + "-no", Key="x"), "NoSuchBucket", "The specified bucket does not exist", 404)
        refused("a range behind the end", lambda: s3.get_object(Bucket=BUCKET, Key=KEY, Range="bytes=99999-"), "InvalidRange", "The requested range is not satisfiable", 416)

    with checks.block("image in ECR"):
        uri = ecr.create_repository(repositoryName=REPOSITORY)["repository"]["repositoryUri"]
        checks.equal("repository URI", uri, f"{HOST}/{REPOSITORY}")
        digests = {}
        for tag, size in (("1.0", 900_000_000), ("1.1", 950_000_000), ("2.0-bad-ping", 1000)):
            put = ecr.put_image(repositoryName=REPOSITORY, imageTag=tag, imageManifest=manifest(size), imageManifestMediaType=MANIFEST_TYPE)
            digests[tag] = put["image"]["imageId"]["imageDigest"]
        detail = ecr.describe_images(repositoryName=REPOSITORY, imageIds=[{"imageTag": "1.0"}])["imageDetails"][0]
        checks.equal("digest", detail["imageDigest"], digests["1.0"])
        checks.equal("compressed size", detail["imageSizeInBytes"], 900_001_000)
        checks.equal("status", detail["imageStatus"], "ACTIVE")
        batch = ecr.batch_get_image(repositoryName=REPOSITORY, imageIds=[{"imageDigest": digests["1.0"]}, {"imageTag": "9"}])
        checks.equal("manifest", batch["images"][0]["imageManifest"], manifest(900_000_000))
        checks.equal("failure", batch["failures"][0]["failureCode"], "ImageNotFound")
        refused("a missing repository", lambda: ecr.describe_images(repositoryName="clients/none"), "RepositoryNotFoundException",
                f"The repository with name 'clients/none' does not exist in the registry with id '{ACCOUNT}'")
        refused("a missing image", lambda: ecr.describe_images(repositoryName=REPOSITORY, imageIds=[{"imageTag": "9"}]), "ImageNotFoundException",
                f"The image with imageId {{imageDigest:'null', imageTag:'9'}} does not exist within the repository with name '{REPOSITORY}' in the registry with id '{ACCOUNT}'")

    with checks.block("roles in IAM, sessions from STS"):
        role = iam.create_role(RoleName=ROLE, Path="/sagemaker/", AssumeRolePolicyDocument=trust({"Service": "sagemaker.amazonaws.com"}))["Role"]
        checks.equal("role ARN", role["Arn"], ROLE_ARN)
        read = iam.get_role(RoleName=ROLE)["Role"]
        checks.equal("trust policy, decoded by the client", read["AssumeRolePolicyDocument"]["Statement"][0]["Principal"], {"Service": "sagemaker.amazonaws.com"})
        iam.put_role_policy(RoleName=ROLE, PolicyName="read", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}]}))
        checks.equal("inline policies", iam.list_role_policies(RoleName=ROLE)["PolicyNames"], ["read"])
        refused("a missing role", lambda: iam.get_role(RoleName="clients-none"), "NoSuchEntity", "The role with name clients-none cannot be found.", 404)

        operator = f"clients-{ME}-operator"
        arn = iam.create_role(RoleName=operator, AssumeRolePolicyDocument=trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, StringEquals={"sts:ExternalId": "pilotlight:c1"}))["Role"]["Arn"]
        refused("AssumeRole without the external id", lambda: sts.assume_role(RoleArn=arn, RoleSessionName="c1.ns"), "AccessDenied",
                f"is not authorized to perform: sts:AssumeRole on resource: {arn}", 403)
        issued = sts.assume_role(RoleArn=arn, RoleSessionName="c1.ns", ExternalId="pilotlight:c1", Tags=[{"Key": "namespace", "Value": "ns"}])["Credentials"]
        as_role = {"aws_access_key_id": issued["AccessKeyId"], "aws_secret_access_key": issued["SecretAccessKey"], "aws_session_token": issued["SessionToken"]}
        checks.equal("who the session is", client("sts", **as_role).get_caller_identity()["Arn"], f"arn:aws:sts::{ACCOUNT}:assumed-role/{operator}/c1.ns")
        iam.put_role_policy(RoleName=operator, PolicyName="list", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sagemaker:List*", "Resource": "*"}]}))
        client("sagemaker", **as_role).list_endpoints()
        refused("what the session's policy does not allow", lambda: client("sagemaker", **as_role).delete_endpoint(EndpointName=ENDPOINT), "AccessDeniedException",
                f"User: arn:aws:sts::{ACCOUNT}:assumed-role/{operator}/c1.ns is not authorized to perform: sagemaker:DeleteEndpoint on resource: {ARN}:endpoint/{ENDPOINT}")
        iam.delete_role_policy(RoleName=operator, PolicyName="list")
        iam.delete_role(RoleName=operator)

    with checks.block("service quotas"):
        quota = quotas.get_service_quota(ServiceCode="sagemaker", QuotaCode="L-96300102")["Quota"]
        checks.that("total concurrency", quota["Value"] > 0, quota)
        codes = [q["QuotaCode"] for p in quotas.get_paginator("list_service_quotas").paginate(ServiceCode="sagemaker", PaginationConfig={"PageSize": 1}) for q in p["Quotas"]]
        checks.equal("quotas listed", codes, ["L-96300102", "L-99AD19BF"])
        refused("a missing quota", lambda: quotas.get_service_quota(ServiceCode="sagemaker", QuotaCode="L-00000000"), "NoSuchResourceException", "does not exist")
    return digests


def model(name, tag="1.0", **more):
    container = {"Image": f"{HOST}/{REPOSITORY}:{tag}", "ModelDataUrl": f"s3://{BUCKET}/{KEY}", "Environment": {"STAGE": "test"}}
    return sagemaker.create_model(ModelName=name, PrimaryContainer=container, **{"ExecutionRoleArn": ROLE_ARN, **more})


def endpoint_config(name, model_name, memory=2048, concurrency=5, **more):
    variant = {"VariantName": "AllTraffic", "ModelName": model_name, "ServerlessConfig": {"MemorySizeInMB": memory, "MaxConcurrency": concurrency, **more}}
    return sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])


def status(name=ENDPOINT):
    try:
        return sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"]
    except ClientError as error:
        if error.response["Error"]["Message"].startswith(f'Could not find endpoint "{ARN}:endpoint/{name}"'):
            return "gone"
        raise


def models_and_configs():
    with checks.block("models"):
        created = model(f"{ENDPOINT}-1", Tags=[{"Key": "team", "Value": "ml"}])
        checks.equal("model ARN", created["ModelArn"], f"{ARN}:model/{ENDPOINT}-1")
        read = sagemaker.describe_model(ModelName=f"{ENDPOINT}-1")
        checks.equal("model data", read["PrimaryContainer"]["ModelDataUrl"], f"s3://{BUCKET}/{KEY}")
        checks.equal("environment", read["PrimaryContainer"]["Environment"], {"STAGE": "test"})
        checks.equal("role", read["ExecutionRoleArn"], ROLE_ARN)
        checks.that("no VpcConfig", "VpcConfig" not in read, read)
        refused("the same model again", lambda: model(f"{ENDPOINT}-1"), "ValidationException", f'Cannot create already existing model "{ARN}:model/{ENDPOINT}-1".')
        refused("a missing model", lambda: sagemaker.describe_model(ModelName="clients-none"), "ValidationException", f'Could not find model "{ARN}:model/clients-none".')
        refused("a model name with a dot", lambda: model("a.b"), "ValidationException", "modelName")
        refused("a role that does not exist", lambda: model("clients-x", ExecutionRoleArn=f"arn:aws:iam::{ACCOUNT}:role/none"), "ValidationException",
                f"Could not assume role arn:aws:iam::{ACCOUNT}:role/none.")

    with checks.block("endpoint configurations"):
        created = endpoint_config(f"{ENDPOINT}-1", f"{ENDPOINT}-1")
        checks.equal("config ARN", created["EndpointConfigArn"], f"{ARN}:endpoint-config/{ENDPOINT}-1")
        variant = sagemaker.describe_endpoint_config(EndpointConfigName=f"{ENDPOINT}-1")["ProductionVariants"][0]
        checks.equal("serverless", variant["ServerlessConfig"], {"MemorySizeInMB": 2048, "MaxConcurrency": 5})
        checks.that("no instances", "InstanceType" not in variant and "InitialInstanceCount" not in variant, variant)
        refused("the same config again", lambda: endpoint_config(f"{ENDPOINT}-1", f"{ENDPOINT}-1"), "ValidationException",
                f'Cannot create already existing endpoint configuration "{ARN}:endpoint-config/{ENDPOINT}-1".')
        refused("a config of a missing model", lambda: endpoint_config("clients-x", "clients-none"), "ValidationException", f'Could not find model "{ARN}:model/clients-none".')
        refused("1500 MB", lambda: endpoint_config("clients-x", f"{ENDPOINT}-1", memory=1500), "ValidationException", "1500")
        refused("201 at once", lambda: endpoint_config("clients-x", f"{ENDPOINT}-1", concurrency=201), "ValidationException", "201")
        refused("more provisioned than allowed", lambda: endpoint_config("clients-x", f"{ENDPOINT}-1", ProvisionedConcurrency=6), "ValidationException", "6")
        refused("a missing config", lambda: sagemaker.describe_endpoint_config(EndpointConfigName="clients-none"), "ValidationException",
                f'Could not find endpoint configuration "{ARN}:endpoint-config/clients-none".')


def serving(digests):
    with checks.block("create, until InService"):
        refused("an endpoint without its config", lambda: sagemaker.create_endpoint(EndpointName=ENDPOINT, EndpointConfigName="clients-none"), "ValidationException",
                f'Could not find endpoint configuration "{ARN}:endpoint-config/clients-none".')
        refused("an endpoint name with an underscore", lambda: sagemaker.create_endpoint(EndpointName="a_b", EndpointConfigName=f"{ENDPOINT}-1"), "ValidationException", "endpointName")
        created = sagemaker.create_endpoint(EndpointName=ENDPOINT, EndpointConfigName=f"{ENDPOINT}-1", Tags=[{"Key": "team", "Value": "ml"}])
        checks.equal("endpoint ARN", created["EndpointArn"].lower(), f"{ARN}:endpoint/{ENDPOINT}")
        checks.equal("status at once", status(), "Creating")
        refused("the same endpoint again", lambda: sagemaker.create_endpoint(EndpointName=ENDPOINT, EndpointConfigName=f"{ENDPOINT}-1"), "ValidationException",
                f'Cannot create already existing endpoint "{ARN}:endpoint/{ENDPOINT}".')
        for what, call in (
            ("update", lambda: sagemaker.update_endpoint(EndpointName=ENDPOINT, EndpointConfigName=f"{ENDPOINT}-1")),
            ("delete", lambda: sagemaker.delete_endpoint(EndpointName=ENDPOINT)),
        ):
            refused(f"{what} while Creating", call, "ValidationException", f'Cannot update in-progress endpoint "{ARN}:endpoint/{ENDPOINT}".')
        refused("invoke while Creating", lambda: invoke("good"), "ValidationError", f"Endpoint {ENDPOINT} of account {ACCOUNT} not found.")
        sagemaker.get_waiter("endpoint_in_service").wait(EndpointName=ENDPOINT, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        read = sagemaker.describe_endpoint(EndpointName=ENDPOINT)
        checks.equal("config in force", read["EndpointConfigName"], f"{ENDPOINT}-1")
        checks.that("no FailureReason", "FailureReason" not in read, read)
        variant = read["ProductionVariants"][0]
        checks.equal("serverless in force", variant["CurrentServerlessConfig"], {"MemorySizeInMB": 2048, "MaxConcurrency": 5})
        checks.that("what AWS leaves out is left out", not {"DesiredServerlessConfig", "DesiredInstanceCount", "VariantStatus"} & set(variant), variant)
        image = variant["DeployedImages"][0]
        checks.equal("image by tag", image["SpecifiedImage"], f"{HOST}/{REPOSITORY}:1.0")
        checks.equal("image by digest", image["ResolvedImage"], f"{HOST}/{REPOSITORY}@{digests['1.0']}")

    with checks.block("invoke"):
        good, bad = invoke("what a great day"), invoke("this is terrible")
        checks.equal("label of a good text", json.loads(good["Body"].read())["label"], "POSITIVE")
        checks.equal("label of a bad text", json.loads(bad["Body"].read())["label"], "NEGATIVE")
        checks.equal("content type", good["ContentType"], "application/json")
        checks.equal("variant", good["InvokedProductionVariant"], "AllTraffic")
        error = refused("a body the model does not take", lambda: runtime.invoke_endpoint(EndpointName=ENDPOINT, ContentType="application/json", Body=b"{"), "ModelError", "primary", 424)
        if error:
            checks.equal("status of the container", error.response.get("OriginalStatusCode"), 400)
        refused("an endpoint that does not exist", lambda: runtime.invoke_endpoint(EndpointName="clients-none", Body=b"{}"), "ValidationError",
                f"Endpoint clients-none of account {ACCOUNT} not found.")
        refused("a body above 4 MB", lambda: runtime.invoke_endpoint(EndpointName=ENDPOINT, Body=b"x" * (4 * 1024 * 1024 + 1)), "ValidationError", "has oversize body.")


def invoke(text):
    return runtime.invoke_endpoint(EndpointName=ENDPOINT, ContentType="application/json", Body=json.dumps({"text": text}))


def changing():
    with checks.block("update to a new model"):
        model(f"{ENDPOINT}-2", tag="1.1")
        endpoint_config(f"{ENDPOINT}-2", f"{ENDPOINT}-2", memory=3072)
        sagemaker.update_endpoint(EndpointName=ENDPOINT, EndpointConfigName=f"{ENDPOINT}-2")
        checks.equal("the old model serves meanwhile", invoke("good")["ResponseMetadata"]["HTTPStatusCode"], 200)
        checks.equal("statuses", watch(status, "InService", {"Updating"}), ["Updating", "InService"])
        read = sagemaker.describe_endpoint(EndpointName=ENDPOINT)
        checks.equal("config in force", read["EndpointConfigName"], f"{ENDPOINT}-2")
        checks.equal("memory in force", read["ProductionVariants"][0]["CurrentServerlessConfig"]["MemorySizeInMB"], 3072)
        refused("update to a missing config", lambda: sagemaker.update_endpoint(EndpointName=ENDPOINT, EndpointConfigName="clients-none"), "ValidationException",
                f'Could not find endpoint configuration "{ARN}:endpoint-config/clients-none".')
        refused("update of a missing endpoint", lambda: sagemaker.update_endpoint(EndpointName="clients-none", EndpointConfigName=f"{ENDPOINT}-2"), "ValidationException",
                f'Could not find endpoint "{ARN}:endpoint/clients-none".')

    with checks.block("update that is rolled back"):
        model(f"{ENDPOINT}-3", tag="2.0-bad-ping")
        endpoint_config(f"{ENDPOINT}-3", f"{ENDPOINT}-3")
        sagemaker.update_endpoint(EndpointName=ENDPOINT, EndpointConfigName=f"{ENDPOINT}-3")
        seen = watch(status, "InService", {"Updating", "RollingBack"})
        checks.that("statuses", seen[0] == "Updating" and seen[-1] == "InService", seen)
        read = sagemaker.describe_endpoint(EndpointName=ENDPOINT)
        checks.equal("the old config is in force", read["EndpointConfigName"], f"{ENDPOINT}-2")
        checks.contains("why", read.get("FailureReason"), "did not pass the ping health check")

    with checks.block("concurrency without a new config"):
        sagemaker.update_endpoint_weights_and_capacities(EndpointName=ENDPOINT, DesiredWeightsAndCapacities=[
            {"VariantName": "AllTraffic", "ServerlessUpdateConfig": {"MaxConcurrency": 7}}])
        checks.equal("statuses", watch(status, "InService", {"Updating"}), ["Updating", "InService"])
        variant = sagemaker.describe_endpoint(EndpointName=ENDPOINT)["ProductionVariants"][0]
        checks.equal("concurrency in force", variant["CurrentServerlessConfig"], {"MemorySizeInMB": 3072, "MaxConcurrency": 7})

    with checks.block("a create that fails"):
        name = f"{ENDPOINT}-bad"
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=f"{ENDPOINT}-3")
        try:
            sagemaker.get_waiter("endpoint_in_service").wait(EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
            checks.that("the waiter gives up", False, "it did not")
        except WaiterError as error:
            checks.contains("the waiter gives up", error, "Failed")
        read = sagemaker.describe_endpoint(EndpointName=name)
        checks.contains("why", read.get("FailureReason"), "The primary container for production variant AllTraffic did not pass the ping health check.")
        refused("the name of a failed endpoint is taken", lambda: sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=f"{ENDPOINT}-1"), "ValidationException",
                f'Cannot create already existing endpoint "{ARN}:endpoint/{name}".')
        sagemaker.delete_endpoint(EndpointName=name)
        checks.equal("statuses", watch(lambda: status(name), "gone", {"Deleting"}), ["Deleting", "gone"])

    with checks.block("tags"):
        for arn in (f"{ARN}:endpoint/{ENDPOINT}", f"{ARN}:model/{ENDPOINT}-1"):
            checks.equal("tags from the create", sagemaker.list_tags(ResourceArn=arn)["Tags"], [{"Key": "team", "Value": "ml"}])
            sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "team", "Value": "web"}, {"Key": "stage", "Value": "test"}])
            tags = {t["Key"]: t["Value"] for t in sagemaker.list_tags(ResourceArn=arn)["Tags"]}
            checks.equal("tags", tags, {"team": "web", "stage": "test"})
            sagemaker.delete_tags(ResourceArn=arn, TagKeys=["team"])
            checks.equal("tags left", sagemaker.list_tags(ResourceArn=arn)["Tags"], [{"Key": "stage", "Value": "test"}])


def warm():
    target = {"ServiceNamespace": "sagemaker", "ResourceId": f"endpoint/{ENDPOINT}/variant/AllTraffic", "ScalableDimension": "sagemaker:variant:DesiredProvisionedConcurrency"}

    def capacity():
        return sagemaker.describe_endpoint(EndpointName=ENDPOINT)["ProductionVariants"][0]["CurrentServerlessConfig"].get("ProvisionedConcurrency")

    with checks.block("scaling of provisioned concurrency"):
        refused("a target without provisioned concurrency", lambda: scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=4), "ValidationException", "no provisioned concurrency")
        sagemaker.update_endpoint_weights_and_capacities(EndpointName=ENDPOINT, DesiredWeightsAndCapacities=[
            {"VariantName": "AllTraffic", "ServerlessUpdateConfig": {"ProvisionedConcurrency": 1}}])
        watch(status, "InService", {"Updating"})
        made = scaling.register_scalable_target(**target, MinCapacity=3, MaxCapacity=6)
        checks.contains("target ARN", made["ScalableTargetARN"], f"arn:aws:application-autoscaling:{REGION}:{ACCOUNT}:scalable-target/")
        watch(status, "InService", {"Updating"})
        checks.equal("capacity is moved into the range", capacity(), 3)
        shown = scaling.describe_scalable_targets(ServiceNamespace="sagemaker", ResourceIds=[target["ResourceId"]])["ScalableTargets"][0]
        checks.equal("range", (shown["MinCapacity"], shown["MaxCapacity"]), (3, 6))
        policy = scaling.put_scaling_policy(**target, PolicyName="utilization", PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration={
            "TargetValue": 0.7, "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantProvisionedConcurrencyUtilization"}})
        alarms = cloudwatch.describe_alarms(AlarmNames=[a["AlarmName"] for a in policy["Alarms"]])["MetricAlarms"]
        checks.equal("alarms", sorted(a["EvaluationPeriods"] for a in alarms), [3, 15])
        scaling.put_scheduled_action(**target, ScheduledActionName="open", Schedule="cron(0 8 ? * MON-FRI *)", Timezone="Europe/Berlin", ScalableTargetAction={"MinCapacity": 4})
        checks.equal("scheduled actions", [a["Timezone"] for a in scaling.describe_scheduled_actions(ServiceNamespace="sagemaker")["ScheduledActions"]], ["Europe/Berlin"])
        checks.equal("activity", scaling.describe_scaling_activities(ServiceNamespace="sagemaker")["ScalingActivities"][-1]["StatusCode"], "Successful")
        refused("a schedule of five fields", lambda: scaling.put_scheduled_action(**target, ScheduledActionName="no", Schedule="cron(0 8 * * MON)", ScalableTargetAction={"MinCapacity": 4}),
                "ValidationException", "not a valid schedule expression")
        scaling.deregister_scalable_target(**target)
        checks.equal("policies go with the target", scaling.describe_scaling_policies(ServiceNamespace="sagemaker")["ScalingPolicies"], [])
        refused("deregister again", lambda: scaling.deregister_scalable_target(**target), "ObjectNotFoundException", "No scalable target registered")

    with checks.block("metrics"):
        dimensions = [{"Name": "EndpointName", "Value": ENDPOINT}, {"Name": "VariantName", "Value": "AllTraffic"}]
        now = datetime.now(timezone.utc)
        query = [{"Id": i, "MetricStat": {"Metric": {"Namespace": "AWS/SageMaker", "MetricName": m, "Dimensions": dimensions}, "Period": 60, "Stat": s}}
                 for i, m, s in (("calls", "Invocations", "Sum"), ("latency", "ModelLatency", "p95"), ("none", "NoSuchMetric", "Sum"))]

        def series():
            # The simulator may be ahead of this clock by as much as it runs faster.
            answer = cloudwatch.get_metric_data(MetricDataQueries=query, StartTime=now - timedelta(days=1), EndTime=now + timedelta(days=10))
            return {r["Id"]: r["Values"] for r in answer["MetricDataResults"]}

        watch(lambda: "seen" if sum(series()["calls"]) >= 4 else "not yet", "seen", {"not yet"})
        checks.that("invocations", sum(series()["calls"]) >= 4, series())
        checks.that("latency in microseconds", all(1000 < v < 60e6 for v in series()["latency"]), series())
        checks.equal("no data is no zero", series()["none"], [])
        listed = cloudwatch.list_metrics(Namespace="AWS/SageMaker", MetricName="Invocations", Dimensions=dimensions[:1])["Metrics"]
        checks.equal("metrics listed", [m["Dimensions"] for m in listed], [dimensions])
        refused("an end before the start", lambda: cloudwatch.get_metric_data(MetricDataQueries=query, StartTime=now, EndTime=now), "ValidationError", "must be less than")

    with checks.block("price list"):
        filters = [{"Type": "TERM_MATCH", "Field": "usagetype", "Value": "USE1-ServerlessInf:Mem-2GB"}]
        rows = [json.loads(r) for p in prices.get_paginator("get_products").paginate(ServiceCode="AmazonSageMaker", Filters=filters) for r in p["PriceList"]]
        term = next(iter(rows[0]["terms"]["OnDemand"].values()))
        checks.equal("price of 2 GB", [d["pricePerUnit"]["USD"] for d in term["priceDimensions"].values()], ["0.0000400000"])


def listing():
    with checks.block("lists: pages, filters, order"):
        for i in range(12):
            endpoint_config(f"clients-{ME}-page-{i:02}", f"{ENDPOINT}-1")
        names = [f"clients-{ME}-page-{i:02}" for i in range(12)]
        ask = {"NameContains": f"clients-{ME}-page", "SortBy": "Name", "SortOrder": "Ascending"}
        pages = list(sagemaker.get_paginator("list_endpoint_configs").paginate(**ask, PaginationConfig={"PageSize": 5}))
        checks.equal("page sizes", [len(p["EndpointConfigs"]) for p in pages], [5, 5, 2])
        checks.equal("by name", [c["EndpointConfigName"] for p in pages for c in p["EndpointConfigs"]], names)
        checks.equal("ten unless asked otherwise", len(sagemaker.list_endpoint_configs(NameContains=f"clients-{ME}-page")["EndpointConfigs"]), 10)
        newest = sagemaker.list_endpoint_configs(NameContains=f"clients-{ME}-page", MaxResults=3)["EndpointConfigs"]
        checks.equal("newest first unless asked otherwise", [c["EndpointConfigName"] for c in newest], names[:-4:-1])
        # boto3 sends whole seconds.
        made = newest[0]["CreationTime"]
        for bound, expected in (("CreationTimeAfter", 0), ("CreationTimeBefore", 10)):
            found = sagemaker.list_endpoint_configs(NameContains=f"clients-{ME}-page", **{bound: made + timedelta(seconds=60)})
            checks.equal(bound, len(found["EndpointConfigs"]), expected)
        for name in names:
            sagemaker.delete_endpoint_config(EndpointConfigName=name)
        checks.equal("models", [m["ModelName"] for m in sagemaker.list_models(NameContains=ENDPOINT, SortBy="Name", SortOrder="Ascending")["Models"]],
                     [f"{ENDPOINT}-{i}" for i in (1, 2, 3)])
        live = sagemaker.list_endpoints(StatusEquals="InService", NameContains=ENDPOINT)["Endpoints"]
        checks.equal("endpoints in service", [e["EndpointName"] for e in live], [ENDPOINT])
        checks.equal("endpoints that failed", sagemaker.list_endpoints(StatusEquals="Failed", NameContains=ENDPOINT)["Endpoints"], [])
        refused("101 a page", lambda: sagemaker.list_endpoints(MaxResults=101), "ValidationException", "100")

    with checks.block("quota"):
        limit = int(quotas.get_service_quota(ServiceCode="sagemaker", QuotaCode="L-96300102")["Quota"]["Value"])
        endpoint_config(f"clients-{ME}-big", f"{ENDPOINT}-1", concurrency=200)
        made = []
        error = None
        while error is None and len(made) <= limit // 200:
            name = f"clients-{ME}-big-{len(made)}"
            try:
                sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=f"clients-{ME}-big")
                made.append(name)
            except ClientError as refusal:
                error = refusal.response["Error"]
        if checks.that("the quota holds", error is not None, f"{len(made)} endpoints of 200"):
            checks.equal("code", error["Code"], "ResourceLimitExceeded")
            checks.contains("text", error["Message"], "The account-level service limit 'Maximum total concurrency that can be allocated across all serverless endpoints' is")
            checks.contains("what to do", error["Message"], "Please use AWS Service Quotas to request an increase for this quota.")
        for name in made:
            watch(lambda: status(name), "InService", {"Creating"})
            sagemaker.delete_endpoint(EndpointName=name)
        for name in made:
            checks.equal("gone", watch(lambda: status(name), "gone", {"Deleting"})[-1], "gone")
        sagemaker.delete_endpoint_config(EndpointConfigName=f"clients-{ME}-big")


def leaving():
    with checks.block("delete, until nothing is left"):
        sagemaker.delete_endpoint(EndpointName=ENDPOINT)
        checks.equal("status at once", status(), "Deleting")
        refused("the name while Deleting", lambda: sagemaker.create_endpoint(EndpointName=ENDPOINT, EndpointConfigName=f"{ENDPOINT}-1"), "ValidationException",
                f'Cannot create already existing endpoint "{ARN}:endpoint/{ENDPOINT}".')
        sagemaker.get_waiter("endpoint_deleted").wait(EndpointName=ENDPOINT, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        refused("delete again", lambda: sagemaker.delete_endpoint(EndpointName=ENDPOINT), "ValidationException", f'Could not find endpoint "{ARN}:endpoint/{ENDPOINT}".')
        for i in (1, 2, 3):
            sagemaker.delete_endpoint_config(EndpointConfigName=f"{ENDPOINT}-{i}")
            sagemaker.delete_model(ModelName=f"{ENDPOINT}-{i}")
        refused("delete a config again", lambda: sagemaker.delete_endpoint_config(EndpointConfigName=f"{ENDPOINT}-1"), "ValidationException",
                f'Could not find endpoint configuration "{ARN}:endpoint-config/{ENDPOINT}-1".')
        refused("delete a model again", lambda: sagemaker.delete_model(ModelName=f"{ENDPOINT}-1"), "ValidationException", f'Could not find model "{ARN}:model/{ENDPOINT}-1".')
        ask = {"NameContains": f"clients-{ME}"}
        checks.equal("endpoints left", sagemaker.list_endpoints(**ask)["Endpoints"], [])
        checks.equal("configs left", sagemaker.list_endpoint_configs(**ask)["EndpointConfigs"], [])
        checks.equal("models left", sagemaker.list_models(**ask)["Models"], [])

        refused("a repository with images", lambda: ecr.delete_repository(repositoryName=REPOSITORY), "RepositoryNotEmptyException", "still contains images")
        ecr.delete_repository(repositoryName=REPOSITORY, force=True)
        refused("a bucket with objects", lambda: s3.delete_bucket(Bucket=BUCKET), "BucketNotEmpty", "not empty", 409)
        for entry in s3.list_objects_v2(Bucket=BUCKET)["Contents"]:
            s3.delete_object(Bucket=BUCKET, Key=entry["Key"])
        s3.delete_bucket(Bucket=BUCKET)
        refused("a role with policies", lambda: iam.delete_role(RoleName=ROLE), "DeleteConflict", "must delete policies first", 409)
        iam.delete_role_policy(RoleName=ROLE, PolicyName="read")
        iam.delete_role(RoleName=ROLE)
        checks.that("bucket gone", BUCKET not in [b["Name"] for b in s3.list_buckets()["Buckets"]])
        checks.that("repository gone", REPOSITORY not in [r["repositoryName"] for r in ecr.describe_repositories()["repositories"]])
        checks.that("role gone", ROLE not in [r["RoleName"] for r in iam.list_roles()["Roles"]])


digests = neighbours() or {}
models_and_configs()
serving(digests)
changing()
warm()
listing()
leaving()
checks.end()
